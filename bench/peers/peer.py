"""Median ns a row of one peer, as a JSON object. usage: peer.py numpy|numba|jax|qutip

The grid is that of the goals: 1000 x 1000 points of (lambda, T_A), chunks of 8192 rows, one thread: the
temporaries of larger ones are mapped anew each time.
"""

import json
import sys
import time

import numpy as np

from closed import closed_form, grid
from redfield import redfield, redfield_system

ROWS = 8192


def median_ns(work, rows, seconds=2.0):
    work()
    samples = []
    start = time.perf_counter()
    while time.perf_counter() - start < seconds or len(samples) < 3:
        before = time.perf_counter()
        work()
        samples.append((time.perf_counter() - before) / rows * 1e9)
    return float(np.median(samples))


lam, T_A = (column[:ROWS] for column in grid(1_000_000))


def numpy_figures():
    random = np.random.default_rng(16)
    A = random.uniform(-1, 1, (256, 16, 16)) + 1j * random.uniform(-1, 1, (256, 16, 16))
    b = random.uniform(-1, 1, (256, 16, 1)) + 1j * random.uniform(-1, 1, (256, 16, 1))
    return {
        "closed": median_ns(lambda: closed_form(lam, T_A), ROWS),
        "redfield": median_ns(lambda: redfield(lam, T_A), ROWS),
        "lu16": median_ns(lambda: np.linalg.solve(A, b), 256),
        "check": float(redfield(lam, T_A)[4][777]),
    }


def numba_figures():
    import math

    import numba

    @numba.njit(fastmath=True)
    def rows(lam, T_A, out):
        for i in range(len(lam)):
            half = math.sqrt(0.25 + lam[i] * lam[i])
            a2 = 0.5 * (1 - 0.5 / half)
            b2 = 1 - a2
            plus, minus = 1.5 + half, 1.5 - half
            nAp, nAm = 1 / math.expm1(plus / T_A[i]), 1 / math.expm1(minus / T_A[i])
            nBp, nBm = 1 / math.expm1(plus), 1 / math.expm1(minus)
            s3, s4 = a2 * nAp + b2 * nBp, b2 * nAm + a2 * nBm
            s1, s2 = s3 + 1, s4 + 1
            d1, d2 = s1 + s3, s2 + s4
            norm = 1 / (d1 * d2)
            q = a2 * b2 * (plus * (nAp - nBp) / d1 + minus * (nAm - nBm) / d2)
            out[0, i] = s1 * s2 * norm
            out[1, i] = s1 * s4 * norm
            out[2, i] = s3 * s2 * norm
            out[3, i] = s3 * s4 * norm
            out[4, i] = q
            out[5, i] = -q

    out = np.empty((6, ROWS))
    closed = median_ns(lambda: rows(lam, T_A, out), ROWS)
    return {"closed": closed, "check": float(out[4][777])}


def jax_figures():
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp

    closed = jax.jit(lambda l, t: jnp.stack(closed_form(l, t, xp=jnp)))
    numeric = jax.jit(lambda l, t: jnp.stack(redfield(l, t, xp=jnp)))
    l, t = jnp.asarray(lam), jnp.asarray(T_A)
    return {
        "closed": median_ns(lambda: closed(l, t).block_until_ready(), ROWS),
        "redfield": median_ns(lambda: numeric(l, t).block_until_ready(), ROWS),
        "check": float(numeric(l, t)[4][777]),
    }


def qutip_figures():
    import qutip

    H, couplings = redfield_system(qutip)

    def row(i):
        tensor = qutip.bloch_redfield_tensor(
            H(lam[i]), couplings(T_A[i]), sec_cutoff=-1, fock_basis=True
        )
        return qutip.steadystate(tensor)

    count = 8
    return {"redfield": median_ns(lambda: [row(900 * k) for k in range(count)], count)}


figures = {"numpy": numpy_figures, "numba": numba_figures, "jax": jax_figures, "qutip": qutip_figures}
print(json.dumps(figures[sys.argv[1]]()))
