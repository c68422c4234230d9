"""The training benchmark's peers: PyTorch in eager mode and JAX (jit and scan), the same PR-GAN step."""

import sys
import time


def torch_gan(width, batch, steps):
    import torch
    from torch import nn

    torch.set_num_threads(2)

    def mlp(outputs):
        return nn.Sequential(
            nn.Linear(2, width), nn.LeakyReLU(0.2), nn.Linear(width, width), nn.LeakyReLU(0.2),
            nn.Linear(width, outputs))

    g, d = mlp(2), mlp(1)
    og, od = (torch.optim.Adam(m.parameters(), lr=1e-4, betas=(0.5, 0.9)) for m in (g, d))
    softplus = nn.functional.softplus
    angle = torch.arange(8) * (2 * torch.pi / 8)
    modes = 2 * torch.stack([angle.cos(), angle.sin()], 1)

    def step():
        x = modes[torch.randint(8, (batch,))] + 0.15 * torch.randn(batch, 2)
        fake = g(torch.randn(batch, 2)).detach()
        loss = softplus(-d(x)).mean() + softplus(d(fake)).mean()
        od.zero_grad()
        loss.backward()
        od.step()
        v = d(g(torch.randn(batch, 2)))
        loss = -v.exp().clamp(max=1).mean()
        og.zero_grad()
        loss.backward()
        og.step()

    for _ in range(20):
        step()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    return steps / (time.perf_counter() - start)


def torch_flow(width, batch, steps, couplings=8):
    """Affine couplings on a ring by maximum likelihood, as in FlowTraining."""
    import torch
    from torch import nn

    torch.set_num_threads(2)
    nets = nn.ModuleList([
        nn.Sequential(
            nn.Linear(1, width), nn.SiLU(), nn.Linear(width, width), nn.SiLU(), nn.Linear(width, 2))
        for _ in range(couplings)])
    optimizer = torch.optim.Adam(nets.parameters(), lr=2e-3)
    angle = torch.arange(8) * (2 * torch.pi / 8)
    modes = 2 * torch.stack([angle.cos(), angle.sin()], 1)

    def step():
        x = (modes[torch.randint(8, (batch,))] + 0.15 * torch.randn(batch, 2)) / 1.5
        a, b = x[:, :1], x[:, 1:]
        log_determinant = torch.zeros(batch, 1)
        for net in reversed(nets):
            a, b = b, a
            o, t = net(a).chunk(2, 1)
            s = 2 * torch.tanh(o / 2)
            b = (b - t) * torch.exp(-s)
            log_determinant = log_determinant - s
        loss = (0.5 * (a * a + b * b) - log_determinant).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(nets.parameters(), 5)
        optimizer.step()

    for _ in range(10):
        step()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    return steps / (time.perf_counter() - start)


def jax_gan(width, batch, steps, cold=False):
    begin = time.perf_counter()
    import jax
    import jax.numpy as jnp
    from jax import lax, random

    leaky = lambda x: jnp.where(x > 0, x, 0.2 * x)

    def init(key, sizes):
        return [
            (random.normal(k, (m, n)) * (2 / m) ** 0.5, jnp.zeros(n))
            for k, m, n in zip(random.split(key, len(sizes) - 1), sizes, sizes[1:])]

    def mlp(p, x):
        for w, b in p[:-1]:
            x = leaky(x @ w + b)
        w, b = p[-1]
        return x @ w + b

    def adam(p, g, m, v, t):
        m = jax.tree.map(lambda m, g: 0.5 * m + 0.5 * g, m, g)
        v = jax.tree.map(lambda v, g: 0.9 * v + 0.1 * g * g, v, g)
        a, b = 1 / (1 - 0.5**t), 1 / (1 - 0.9**t)
        p = jax.tree.map(lambda p, m, v: p - 1e-4 * m * a / (jnp.sqrt(v * b) + 1e-8), p, m, v)
        return p, m, v

    angle = jnp.arange(8) * (2 * jnp.pi / 8)
    modes = 2 * jnp.stack([jnp.cos(angle), jnp.sin(angle)], 1)

    def critic_loss(d, g, x, z):
        fake = mlp(g, z)
        return jax.nn.softplus(-mlp(d, x)).mean() + jax.nn.softplus(mlp(d, fake)).mean()

    def generator_loss(g, d, z):
        return -jnp.minimum(jnp.exp(mlp(d, mlp(g, z))), 1).mean()

    def step(state, key):
        g, d, mg, vg, md, vd, t = state
        k1, k2, k3, k4 = random.split(key, 4)
        x = modes[random.randint(k1, (batch,), 0, 8)] + 0.15 * random.normal(k2, (batch, 2))
        grad = jax.grad(critic_loss)(d, g, x, random.normal(k3, (batch, 2)))
        d, md, vd = adam(d, grad, md, vd, t)
        grad = jax.grad(generator_loss)(g, d, random.normal(k4, (batch, 2)))
        g, mg, vg = adam(g, grad, mg, vg, t)
        return (g, d, mg, vg, md, vd, t + 1), ()

    @jax.jit
    def run(state, key):
        return lax.scan(step, state, random.split(key, steps))[0]

    key = random.key(0)
    g, d = init(key, [2, width, width, 2]), init(key, [2, width, width, 1])
    zeros = lambda p: jax.tree.map(jnp.zeros_like, p)
    state = (g, d, zeros(g), zeros(g), zeros(d), zeros(d), jnp.float32(1))
    jax.block_until_ready(run(state, key))
    if cold:
        return time.perf_counter() - begin
    best = 0
    for _ in range(5):
        start = time.perf_counter()
        jax.block_until_ready(run(state, key))
        best = max(best, steps / (time.perf_counter() - start))
    return best


if __name__ == "__main__":
    peer, width, batch, steps = sys.argv[1], *map(int, sys.argv[2:5])
    print({
        "torch": torch_gan, "torch-flow": torch_flow, "jax": jax_gan,
        "jax-cold": lambda *sizes: jax_gan(*sizes, cold=True)}[peer](width, batch, steps))
