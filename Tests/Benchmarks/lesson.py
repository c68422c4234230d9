# %% [markdown]
# # Precision and recall, eight figures
#
# The same lesson as `lesson.md`, as an idiomatic NumPy and Matplotlib notebook: the same pair of laws,
# the same eight figures, the same table. `notebook.py` turns this file into a notebook.

# %%
import numpy as np
import matplotlib
import matplotlib.pyplot as plt

matplotlib.use("module://matplotlib_inline.backend_inline")
from matplotlib_inline.backend_inline import set_matplotlib_formats

set_matplotlib_formats("svg")


def normal(x, mean, sd):
    return np.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * np.sqrt(2 * np.pi))


x = np.linspace(-6, 6, 2001)
p = 0.5 * normal(x, -2, 0.7) + 0.5 * normal(x, 2, 0.7)
q = normal(x, -1.8, 0.9)
dx = x[1] - x[0]


def alpha(level):
    return np.minimum(level * p, q).sum() * dx


# %% [markdown]
# The target $p$ has two modes; the model $\hat p$ keeps one of them.

# %%
fig, ax = plt.subplots(figsize=(7, 4.2))
ax.plot(x, p, label="target $p$")
ax.plot(x, q, "--", label=r"model $\hat p$")
ax.legend()
plt.show()

# %% [markdown]
# Precision at level $\lambda$ is $\alpha_\lambda = \int \min(\lambda p, \hat p)$.

# %%
fig, ax = plt.subplots(figsize=(7, 4.2))
ax.fill_between(x, np.minimum(0.5 * p, q), alpha=0.4, label=r"$\alpha_{0.5}$")
ax.plot(x, 0.5 * p, label=r"$\lambda p$")
ax.plot(x, q, "--", label=r"$\hat p$")
ax.legend()
plt.show()

# %%
fig, ax = plt.subplots(figsize=(7, 4.2))
ax.fill_between(x, np.minimum(p, q), alpha=0.4, label=r"$\alpha_1$")
ax.plot(x, p, label=r"$\lambda p$")
ax.plot(x, q, "--", label=r"$\hat p$")
ax.legend()
plt.show()

# %%
fig, ax = plt.subplots(figsize=(7, 4.2))
ax.fill_between(x, np.minimum(3 * p, q), alpha=0.4, label=r"$\alpha_3$")
ax.plot(x, 3 * p, label=r"$\lambda p$")
ax.plot(x, q, "--", label=r"$\hat p$")
ax.legend()
plt.show()

# %% [markdown]
# Recall at level $\lambda$ is $\beta_\lambda = \int \min(p, \hat p / \lambda)$.

# %%
fig, ax = plt.subplots(figsize=(7, 4.2))
ax.fill_between(x, np.minimum(p, 2 * q), alpha=0.4, label=r"$\beta_{0.5}$")
ax.plot(x, p, label="$p$")
ax.plot(x, 2 * q, "--", label=r"$\hat p/\lambda$")
ax.legend()
plt.show()

# %% [markdown]
# All levels together draw the precision-recall curve.

# %%
levels = np.geomspace(1e-3, 1e3, 201)
precision = np.array([alpha(level) for level in levels])
recall = precision / levels
fig, ax = plt.subplots(figsize=(5, 5))
ax.plot(recall, precision)
ax.set(xlim=(0, 1), ylim=(0, 1), xlabel=r"recall $\beta_\lambda$", ylabel=r"precision $\alpha_\lambda$")
plt.show()

# %%
fig, ax = plt.subplots(figsize=(7, 4.2))
ax.semilogx(levels, precision, label=r"$\alpha_\lambda$")
ax.semilogx(levels, recall, "--", label=r"$\beta_\lambda$")
ax.set(xlabel=r"$\lambda$")
ax.legend()
plt.show()

# %%
fig, axes = plt.subplots(1, 2, figsize=(11, 4))
axes[0].plot(x, p)
axes[0].plot(x, q, "--")
axes[1].plot(recall, precision)
axes[1].set(xlim=(0, 1), ylim=(0, 1))
plt.show()

# %% [markdown]
# A few values of the curve:

# %%
for level in [0.1, 0.5, 1, 2, 10]:
    print(level, round(alpha(level), 6), round(alpha(level) / level, 6))
