namespace Warehouse.Models.Churn.Learners;

/// <summary>Probabilities and the logarithms of their odds.</summary>
internal static class Odds
{
    /// <summary>The probability of log-odds.</summary>
    public static double Probability(double margin) => margin >= 0
        ? 1 / (1 + Math.Exp(-margin))
        : Math.Exp(margin) / (1 + Math.Exp(margin));

    /// <summary>The log-odds of a probability, from which 0 and 1 are kept away.</summary>
    public static double Margin(double probability)
    {
        var inside = Math.Clamp(probability, 1e-9, 1 - 1e-9);
        return Math.Log(inside / (1 - inside));
    }

    /// <summary>-log p of what happened, given the log-odds of it: log(1 + e^-m) for a churner.</summary>
    public static double Loss(double margin, bool churned)
    {
        var signed = churned ? -margin : margin;
        return signed > 0 ? signed + Math.Log(1 + Math.Exp(-signed)) : Math.Log(1 + Math.Exp(signed));
    }
}
