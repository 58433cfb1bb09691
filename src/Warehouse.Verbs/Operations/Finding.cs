namespace Warehouse.Verbs.Operations;

/// <summary>What an examination found of one thing.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="State">ok, warn or fail.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do; null where nothing has to be done.</param>
internal sealed record Finding(string Check, string State, string Found, string? Advice)
{
    public const string Failed = "fail";

    public static Finding Ok(string check, string found) => new(check, "ok", found, null);

    public static Finding Warn(string check, string found, string advice) => new(check, "warn", found, advice);

    public static Finding Fail(string check, string found, string advice) => new(check, Failed, found, advice);
}
