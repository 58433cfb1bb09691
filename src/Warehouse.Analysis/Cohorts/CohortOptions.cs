using Warehouse.Definitions;

namespace Warehouse.Analysis.Cohorts;

/// <summary>How long a period is.</summary>
public enum CohortPeriod
{
    /// <summary>From Monday.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>A calendar quarter.</summary>
    Quarter,

    /// <summary>A calendar year.</summary>
    Year,
}

/// <summary>How customers are put together into cohorts.</summary>
public sealed record CohortOptions
{
    /// <summary>What a cohort can be, beside the period of the first purchase.</summary>
    public static readonly IReadOnlyList<string> Attributes = ["first_purchase", "acquisition_channel", "country", "region", "gender", "language"];

    /// <summary>How long a period is, and with it an age. Default: a month.</summary>
    public CohortPeriod Period { get; init; } = CohortPeriod.Month;

    /// <summary>What makes a cohort: the period of the first purchase, or an attribute of the customer as known on the date.</summary>
    public string By { get; init; } = Attributes[0];

    /// <summary>The greatest age that is given. Default: 36.</summary>
    public int MostAges { get; init; } = 36;

    internal string Unit => Period.ToString().ToLowerInvariant();

    internal void Require()
    {
        if (!Attributes.Contains(By, StringComparer.Ordinal))
        {
            throw new WrongCommandException($"There are no cohorts by \"{By}\". {NearNames.Hint(By, Attributes, "attributes")}");
        }

        if (MostAges is < 0 or > 1000)
        {
            throw new WrongCommandException(FormattableString.Invariant($"The greatest age is from 0 to 1,000 periods, not {MostAges}."));
        }
    }
}
