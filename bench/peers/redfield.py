"""The standard Redfield equation: the real 6 x 6 block row by row, solved in a batch."""

import numpy as np


def redfield(lam, T_A, T_B=1.0, omega_1=1.0, omega_2=2.0, xp=np):
    """Populations and currents of every row, g = 1."""
    mean, difference = (omega_1 + omega_2) / 2, (omega_1 - omega_2) / 2
    half = xp.sqrt(difference**2 + lam**2)
    plus, minus = mean + half, mean - half
    a2 = (1 + difference / half) / 2
    b2 = 1 - a2
    ab = xp.sqrt(a2 * b2)
    nAp, nAm = 1 / xp.expm1(plus / T_A), 1 / xp.expm1(minus / T_A)
    nBp, nBm = 1 / xp.expm1(plus / T_B), 1 / xp.expm1(minus / T_B)
    s3, s4 = a2 * nAp + b2 * nBp, b2 * nAm + a2 * nBm
    s1, s2 = s3 + 1, s4 + 1
    k = 0.5 * ab * ((nAp - nBp) + (nAm - nBm))
    kappa = 0.5 * ab * ((nAp - nBp) - (nAm - nBm))
    gap, width = minus - plus, -0.5 * (s1 + s2 + s3 + s4)
    zero, one = xp.zeros_like(s1), xp.ones_like(s1)
    matrix = xp.stack(
        [
            xp.stack([one, one, one, one, zero, zero], -1),
            xp.stack([s4, -(s2 + s3), zero, s1, 2 * kappa, zero], -1),
            xp.stack([s3, zero, -(s1 + s4), s2, -2 * kappa, zero], -1),
            xp.stack([zero, s3, s4, -(s1 + s2), 2 * k, zero], -1),
            xp.stack([-k, -kappa, kappa, k, width, gap], -1),
            xp.stack([zero, zero, zero, zero, -gap, width], -1),
        ],
        -2,
    )
    right = xp.stack([one, zero, zero, zero, zero, zero], -1)[..., None]
    x = xp.linalg.solve(matrix, right)[..., 0]
    x1, x2, x3, x4, re = (x[..., j] for j in range(5))
    a3, a4 = a2 * nAp, b2 * nAm
    a1, a2m = a3 + a2, a4 + b2
    down, up = 0.5 * ab * (2 + nAp + nAm), 0.5 * ab * (nAp + nAm)
    r1 = a2m * x2 + a1 * x3 - (a3 + a4) * x1 - 2 * down * re
    r2 = a4 * x1 + a1 * x4 - (a2m + a3) * x2
    r3 = a3 * x1 + a2m * x4 - (a1 + a4) * x3
    r4 = a3 * x2 + a4 * x3 - (a1 + a2m) * x4 + 2 * up * re
    q_A = mean * (r4 - r1) + half * (r3 - r2 + 2 * ab * (nAm - nAp) * re)
    return x1, x2, x3, x4, q_A, -q_A


def redfield_system(qutip, omega_1=1.0, omega_2=2.0, T_B=1.0):
    """The same system for QuTiP: H(lambda), couplings(T_A)."""
    one, sz, sx, sp = qutip.qeye(2), qutip.sigmaz(), qutip.sigmax(), qutip.sigmap()
    z1, z2 = qutip.tensor(sz, one), qutip.tensor(one, sz)
    x1, x2 = qutip.tensor(sx, one), qutip.tensor(one, sx)
    exchange = qutip.tensor(sp, sp.dag()) + qutip.tensor(sp.dag(), sp)

    def H(lam):
        return omega_1 / 2 * z1 + omega_2 / 2 * z2 + lam * exchange

    def spectrum(T):
        def rate(w):
            if w == 0:
                return 0.0
            n = 1 / np.expm1(abs(w) / T)
            return n + 1 if w > 0 else n

        return rate

    def couplings(T_A):
        return [[x1, spectrum(T_A)], [x2, spectrum(T_B)]]

    return H, couplings
