using Warehouse.Analysis.Populations;
using Warehouse.Definitions;

namespace Warehouse.Analysis.Contacts;

/// <summary>What is asked of the contacts.</summary>
/// <param name="AsOf">The date that the answer is given for.</param>
public sealed record ContactOptions(AsOf AsOf)
{
    /// <summary>What contacts can be put together by.</summary>
    public static readonly IReadOnlyList<string> Groups = ["topic", "agent", "channel", "tier"];

    /// <summary>How far back contacts count. Default: a year.</summary>
    public Window Window { get; init; } = Window.OfMonths(12);

    /// <summary>What contacts are put together by. The tier is that of the last snapshot.</summary>
    public string By { get; init; } = Groups[0];

    /// <summary>An answer within so many seconds is in time. Default: 60.</summary>
    public int WithinSeconds { get; init; } = 60;

    /// <summary>A customer who comes back with the same topic within so many days repeats himself. Default: 7.</summary>
    public int RepeatDays { get; init; } = 7;

    /// <summary>Hours within which a complaint of the best tier, of the second and of everybody else is to be resolved.</summary>
    public (int Best, int Second, int Others) DueHours { get; init; } = (24, 48, 72);

    internal string Canonical =>
        FormattableString.Invariant($"{Window}; {By}; {WithinSeconds}; {RepeatDays}; {DueHours}; hindsight={AsOf.HasHindsight}");

    internal void Require()
    {
        if (!Groups.Contains(By, StringComparer.Ordinal))
        {
            throw new WrongCommandException($"Contacts are not put together by \"{By}\". {NearNames.Hint(By, Groups, "groups")}");
        }

        if (WithinSeconds < 0 || RepeatDays < 1)
        {
            throw new WrongCommandException(FormattableString.Invariant(
                $"An answer is in time within 0 or more seconds, and a contact repeats another within 1 or more days: not {WithinSeconds} and {RepeatDays}."));
        }
    }
}
