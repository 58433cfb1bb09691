using Warehouse.Analysis.Populations;
using Warehouse.Definitions;

namespace Warehouse.Analysis.Contacts;

/// <summary>What is asked of recovery.</summary>
public sealed record RecoveryOptions
{
    /// <summary>Which complaints count. Default: all.</summary>
    public Window Window { get; init; } = Window.All;

    /// <summary>A complaint is resolved if it was within so many days; everybody is followed from their end on. Default: 14.</summary>
    public int ResolveDays { get; init; } = 14;

    /// <summary>For so many days everybody is followed. Default: 180.</summary>
    public int FollowDays { get; init; } = 180;

    internal string Canonical => FormattableString.Invariant($"{Window}; {ResolveDays}; {FollowDays}");

    internal void Require()
    {
        if (ResolveDays is < 0 or > 365 || FollowDays is < 1 or > 3650)
        {
            throw new WrongCommandException(FormattableString.Invariant(
                $"A complaint is resolved within 0 to 365 days, and customers are followed for 1 to 3,650: not {ResolveDays} and {FollowDays}."));
        }
    }
}

/// <summary>What became of customers after complaints.</summary>
/// <param name="Generation">The generation of the warehouse that it came from.</param>
/// <param name="AsOf">The date that it is given for.</param>
/// <param name="Definition">SHA-256, in hexadecimal, of the options but the date, and of the SQL.</param>
/// <param name="Words">The definition in words.</param>
/// <param name="Groups">Those whose complaint was resolved, was not, and who had none, as they are.</param>
/// <param name="Comparisons">Like with like; one that cannot be made is not there.</param>
/// <param name="Notes">What that says, in words.</param>
public sealed record RecoveryResult(
    int Generation,
    DateOnly AsOf,
    string Definition,
    string Words,
    IReadOnlyList<RecoveryGroup> Groups,
    IReadOnlyList<RecoveryComparison> Comparisons,
    IReadOnlyList<string> Notes);

/// <summary>Customers of one fate, not matched.</summary>
/// <param name="Fate">resolved, unresolved or none.</param>
/// <param name="Customers">How many; who had no complaint counts once in each month.</param>
/// <param name="Retention">The part that bought in the days followed, 0 to 1.</param>
/// <param name="Spend">Mean net amount in the days followed.</param>
public sealed record RecoveryGroup(string Fate, long Customers, double Retention, double Spend);

/// <summary>Customers of one fate against like ones of another.</summary>
/// <param name="Fate">The one.</param>
/// <param name="Against">The other.</param>
/// <param name="Customers">Customers of the one who have their like.</param>
/// <param name="Unmatched">Customers of the one who have not, and do not count.</param>
/// <param name="Retention">The difference of the parts that bought.</param>
/// <param name="Amount">The difference of the mean net amounts.</param>
public sealed record RecoveryComparison(
    string Fate, string Against, long Customers, long Unmatched, RecoveryDifference Retention, RecoveryDifference Amount);

/// <summary>A difference with its 95 % interval.</summary>
/// <param name="Difference">The one less the other.</param>
/// <param name="From">The lower end.</param>
/// <param name="To">The upper end.</param>
public sealed record RecoveryDifference(double Difference, double From, double To);

/// <summary>A row of <c>recovery.sql</c>.</summary>
internal sealed record RecoveryKind(string Fate, int Kind, RecoverySums Sums);

/// <summary>Customers, those of them who bought, and their amounts and the squares of these added up.</summary>
internal sealed record RecoverySums(long Customers, long Retained, double Amount, double AmountSquared)
{
    public double Retention => (double)Retained / Customers;

    public double Mean => Amount / Customers;

    public static RecoverySums Of(IEnumerable<RecoverySums> parts) => parts.Aggregate(
        new RecoverySums(0, 0, 0, 0),
        (sum, part) => new RecoverySums(sum.Customers + part.Customers, sum.Retained + part.Retained, sum.Amount + part.Amount, sum.AmountSquared + part.AmountSquared));
}
