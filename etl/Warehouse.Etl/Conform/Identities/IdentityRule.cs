namespace Warehouse.Etl.Conform.Identities;

/// <summary>A rule: customers with the same values are one person.</summary>
/// <param name="Match">What has to be the same, all of it.</param>
/// <param name="UnlessDifferent">What may not be known of both and differ.</param>
/// <param name="AtMost">A value that more persons share identifies nobody: a switchboard, a default address.</param>
internal sealed record IdentityRule(IReadOnlyList<string> Match, IReadOnlyList<string> UnlessDifferent, int AtMost)
{
    /// <summary>How many may share a value where the rule does not say.</summary>
    public const int UsualAtMost = 10;

    /// <summary>The rule as links name it.</summary>
    public string Name => "same " + string.Join(" and ", Match);
}
