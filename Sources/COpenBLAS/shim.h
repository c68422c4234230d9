#pragma once
#include <cblas.h>

/* The type of cblas_sgemm, which is looked up in the library when it is loaded. */
typedef __typeof__(&cblas_sgemm) SGEMM;
/* The type of openblas_get_corename. */
typedef char *(*CoreName)(void);
