using Warehouse.Service.Access;

namespace Warehouse.Service.Api;

/// <summary>What the service lets a caller do with a verb. A verb without a rule has no route.</summary>
/// <param name="Verb">Its words: <c>segment preview</c>.</param>
/// <param name="Right">Who may.</param>
/// <param name="Changes">Whether it changes the workspace, or sends something out: then it is asked by POST alone.</param>
internal sealed record VerbRule(string Verb, Right Right, bool Changes = false)
{
    /// <summary>Every rule.</summary>
    public static IReadOnlyList<VerbRule> All { get; } =
    [
        new("cubes", Right.Ask) { Lasts = Lasting.UntilPublished },
        new("query", Right.Ask) { Uploads = ["file"], ForStewards = ["suggest-rollups", "audit"], Lasts = Lasting.UntilPublished, OfTheMoment = ["suggest-rollups", "audit"] },
        new("question list", Right.Analyse),
        new("question save", Right.Analyse, Changes: true) { Uploads = ["file"] },
        new("rfm", Right.Analyse) { Lasts = Lasting.UntilPublished, Uploads = ["segments"] },
        new("tiers", Right.Analyse) { Lasts = Lasting.UntilPublished },
        new("lifetime", Right.Analyse) { Lasts = Lasting.UntilPublished },
        new("lifecycle", Right.Analyse) { Lasts = Lasting.UntilPublished, Uploads = ["stages"] },
        new("cohorts", Right.Analyse) { Lasts = Lasting.UntilPublished },
        new("baskets", Right.Analyse) { Lasts = Lasting.UntilPublished },
        new("forecast", Right.Analyse) { Lasts = Lasting.UntilPublished },
        new("contacts", Right.Analyse) { Lasts = Lasting.UntilPublished },
        new("customer find", Right.Analyse) { IsOfAPerson = true, ForStewards = ["contacts"] },
        new("customer show", Right.Analyse) { IsOfAPerson = true },
        new("customer identity", Right.Analyse) { IsOfAPerson = true },
        new("customer merge", Right.Steward, Changes: true) { Withheld = ["by"] },
        new("customer split", Right.Steward, Changes: true) { Withheld = ["by"] },
        new("customer undo", Right.Steward, Changes: true) { Withheld = ["by"] },
        new("customer forget", Right.Administer, Changes: true) { IsOfAPerson = true },
        new("customer disclose", Right.Administer) { IsOfAPerson = true },
        new("snapshot", Right.Steward, Changes: true),
        new("churn suggest", Right.Analyse),
        new("churn evaluate", Right.Analyse),
        new("churn explain", Right.Analyse) { IsOfAPerson = true },
        new("churn card", Right.Analyse),
        new("churn models", Right.Steward, Changes: true) { IsReadWithout = ["promote", "because"], Withheld = ["export"] },
        new("churn train", Right.Steward, Changes: true) { Uploads = ["file"] },
        new("churn score", Right.Steward, Changes: true),
        new("churn backtest", Right.Steward, Changes: true),
        new("churn retrain", Right.Steward, Changes: true),
        new("segment list", Right.Analyse),
        new("segment show", Right.Analyse),
        new("segment conditions", Right.Analyse) { Lasts = Lasting.UntilPublished },
        new("segment preview", Right.Analyse) { Lasts = Lasting.UntilPublished, Uploads = ["file"] },
        new("segment save", Right.Campaign, Changes: true) { Uploads = ["file"] },
        new("segment diff", Right.Analyse),
        new("segment build", Right.Campaign, Changes: true),
        new("segment export", Right.Campaign, Changes: true),
        new("campaign list", Right.Analyse),
        new("campaign show", Right.Analyse),
        new("campaign plan", Right.Analyse) { Uploads = ["file"] },
        new("campaign save", Right.Campaign, Changes: true) { Uploads = ["file"] },
        new("campaign measure", Right.Analyse) { Uploads = ["file"] },
        new("campaign launch", Right.Campaign, Changes: true),
        new("campaign export", Right.Campaign, Changes: true),
        new("campaign refresh", Right.Campaign, Changes: true),
        new("export list", Right.Analyse),
        new("export destinations", Right.Analyse),
        new("job list", Right.Analyse) { Lasts = Lasting.Moment },
        new("job history", Right.Analyse),
        new("job run", Right.Steward, Changes: true),
        new("report tiers", Right.Campaign, Changes: true),
        new("load", Right.Steward, Changes: true) { Uploads = ["file", "mended"] },
        new("quality", Right.Analyse) { IsOfAPerson = true },
        new("backup", Right.Administer, Changes: true) { Fixed = ["--out=backups"] },
        new("doctor", Right.Administer) { Lasts = Lasting.Moment },
        new("status", Right.Analyse) { Lasts = Lasting.Moment },
        new("schema", Right.Ask) { Lasts = Lasting.UntilPublished },
    ];

    /// <summary>The options that name a file of the caller's: here he sends the file itself.</summary>
    public IReadOnlyList<string> Uploads { get; init; } = [];

    /// <summary>Without these options a verb that changes something only reads, and can be asked by GET of those who may analyse.</summary>
    public IReadOnlyList<string> IsReadWithout { get; init; } = [];

    /// <summary>Options for stewards alone.</summary>
    public IReadOnlyList<string> ForStewards { get; init; } = [];

    /// <summary>Options that only one at the machine itself has.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];

    /// <summary>Words that the service says itself, in place of the caller.</summary>
    public IReadOnlyList<string> Fixed { get; init; } = [];

    /// <summary>Whether the answer tells of single persons, so that nothing on its way keeps it.</summary>
    public bool IsOfAPerson { get; init; }

    /// <summary>How long an answer stays the same.</summary>
    public Lasting Lasts { get; init; } = Lasting.UntilWritten;

    /// <summary>Options that ask for what is the same for a moment alone.</summary>
    public IReadOnlyList<string> OfTheMoment { get; init; } = [];
}
