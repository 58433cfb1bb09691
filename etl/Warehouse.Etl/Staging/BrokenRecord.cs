namespace Warehouse.Etl.Staging;

/// <summary>A record that cannot be split into the fields of its file.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="Rule">The rule that it broke.</param>
/// <param name="Reason">What was found and what was expected.</param>
/// <param name="Raw">Its text.</param>
internal sealed record BrokenRecord(long Line, string Rule, string Reason, string Raw);
