namespace Warehouse.Models.Churn.Learners.Boosting;

/// <summary>XGBoost refused something: a bug of ours, for users' data are checked before.</summary>
/// <param name="message">What XGBoost says.</param>
public sealed class XgboostException(string message) : Exception(message);
