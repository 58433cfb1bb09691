namespace Warehouse.Models.Churn.Scoring;

/// <summary>A part of a score.</summary>
/// <param name="Topic">What it is about; features about the same stand together.</param>
/// <param name="Words">The weightiest feature of the topic, with its value, in words.</param>
/// <param name="Contribution">What the topic adds to the raw score, in log-odds: above 0 it makes leaving more likely.</param>
public sealed record Reason(string Topic, string Words, double Contribution);
