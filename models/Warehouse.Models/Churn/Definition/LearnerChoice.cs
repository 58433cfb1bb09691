namespace Warehouse.Models.Churn;

/// <summary>What learns.</summary>
public enum LearnerChoice
{
    /// <summary>Both, and the one is kept that was better out of time.</summary>
    Auto,

    /// <summary>Logistic regression, which needs no install.</summary>
    Logistic,

    /// <summary>Gradient-boosted trees by XGBoost.</summary>
    Boosting,
}
