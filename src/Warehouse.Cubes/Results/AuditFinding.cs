namespace Warehouse.Cubes.Results;

/// <summary>A rule that the model declares of the data, and how often the data breaks it.</summary>
/// <param name="Cube">The cube that relies on the rule.</param>
/// <param name="Rule">The rule in words.</param>
/// <param name="Offenders">How many keys or rows break it; 0 where it holds.</param>
public sealed record AuditFinding(string Cube, string Rule, long Offenders);
