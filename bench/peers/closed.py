"""The closed Lindblad form (3.50), (3.57)-(3.61) as one would write it with NumPy."""

import numpy as np


def grid(rows):
    """Coordinates of the sweep of the goals: lambda slow, T_A fast."""
    fast = min(rows, 1000)
    lam = np.linspace(0.05, 1.3, -(-rows // fast))
    T_A = np.linspace(0.5, 4.5, fast)
    return np.repeat(lam, fast), np.tile(T_A, len(lam))


def closed_form(lam, T_A, T_B=1.0, omega_1=1.0, omega_2=2.0, g_A=1.0, g_B=1.0, xp=np):
    """Populations and currents of every row."""
    difference = omega_1 - omega_2
    h = xp.sqrt(difference**2 + 4 * lam**2)
    plus, minus = (omega_1 + omega_2 + h) / 2, (omega_1 + omega_2 - h) / 2
    alpha2 = (1 + difference / h) / 2
    beta2 = 1 - alpha2
    nA_plus, nA_minus = 1 / xp.expm1(plus / T_A), 1 / xp.expm1(minus / T_A)
    nB_plus, nB_minus = 1 / xp.expm1(plus / T_B), 1 / xp.expm1(minus / T_B)
    up_plus = g_A * alpha2 * nA_plus + g_B * beta2 * nB_plus
    up_minus = g_A * beta2 * nA_minus + g_B * alpha2 * nB_minus
    down_plus = up_plus + g_A * alpha2 + g_B * beta2
    down_minus = up_minus + g_A * beta2 + g_B * alpha2
    sum_plus, sum_minus = up_plus + down_plus, up_minus + down_minus
    norm = 1 / (sum_plus * sum_minus)
    weight = g_A * g_B * alpha2 * beta2
    q_A = weight * (
        plus * (nA_plus - nB_plus) / sum_plus + minus * (nA_minus - nB_minus) / sum_minus
    )
    return (
        down_plus * down_minus * norm,
        down_plus * up_minus * norm,
        up_plus * down_minus * norm,
        up_plus * up_minus * norm,
        q_A,
        -q_A,
    )
