namespace Warehouse.Models.Churn;

/// <summary>What is done when a model should be trained again.</summary>
public enum RetrainChoice
{
    /// <summary>It is said, and somebody decides.</summary>
    Proposed,

    /// <summary>It is trained again.</summary>
    Automatic,
}
