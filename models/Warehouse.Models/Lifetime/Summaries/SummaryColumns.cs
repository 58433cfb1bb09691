using Warehouse.Definitions;

namespace Warehouse.Models.Lifetime.Summaries;

/// <summary>What a column of a summary table holds.</summary>
internal enum SummaryRole
{
    /// <summary>x: repeat purchases.</summary>
    Frequency,

    /// <summary>t_x: time of the last repeat purchase, counted from the first purchase.</summary>
    Recency,

    /// <summary>T: time from the first purchase to the end of observation; n for BG/BB: occasions to buy.</summary>
    Age,

    /// <summary>Mean spend of the repeat purchases.</summary>
    MeanSpend,

    /// <summary>Customers that the row stands for.</summary>
    Customers,
}

/// <summary>
/// Which columns of a table are x, t_x, T, mean spend and customers: those that were named, else those with a customary
/// header, letter case ignored.
/// </summary>
public sealed class SummaryColumns
{
    private static readonly (SummaryRole Role, string Symbol, string[] Names)[] Roles =
    [
        (SummaryRole.Frequency, "x", ["x", "frequency", "freq", "repeat_purchases", "repeat_transactions", "x.cal", "x_cal", "frequency_cal"]),
        (SummaryRole.Recency, "t_x", ["t_x", "tx", "t.x", "recency", "t.x.cal", "t_x_cal", "recency_cal"]),
        (SummaryRole.Age, "T", ["T", "age", "t.cal", "t_cal"]),
        (SummaryRole.MeanSpend, "mean_spend", ["mean_spend", "monetary_value", "monetary", "average_spend", "mean_value", "spend", "spending", "m_x", "m.x", "m", "monetary_value_cal"]),
        (SummaryRole.Customers, "customers", ["customers", "count", "custs", "n_custs", "num_custs", "n.custs", "n.cust", "n_customers", "num_customers", "weights", "weight"]),
    ];

    private static readonly string[] NamesOfOccasions = ["n", "n_periods", "periods", "opportunities", "occasions", "n.cal", "n_cal", "n_periods_cal", "T", "age"];

    private readonly Dictionary<SummaryRole, string> _named;

    private SummaryColumns(Dictionary<SummaryRole, string> named) => _named = named;

    /// <summary>All by their customary headers.</summary>
    public static SummaryColumns Customary { get; } = new([]);

    /// <summary>Reads <c>x=orders,t_x=last,T=age,mean_spend=value,customers=n</c>; what is not named is found by its header.</summary>
    /// <exception cref="WrongCommandException">It is not of this form.</exception>
    public static SummaryColumns Parse(string text)
    {
        var named = new Dictionary<SummaryRole, string>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } symbol, { Length: > 0 } column])
            {
                throw new WrongCommandException($"\"{part}\" names no column. Write what it holds and its header: x=orders,t_x=last,T=age.");
            }

            var role = RoleOf(symbol) ?? throw new WrongCommandException(
                $"\"{symbol}\" is nothing that a column holds. {NearNames.Hint(symbol, Roles.Select(role => role.Symbol), "things")}");
            if (!named.TryAdd(role, column))
            {
                throw new WrongCommandException($"\"{symbol}\" is given two columns, \"{named[role]}\" and \"{column}\".");
            }
        }

        return new SummaryColumns(named);
    }

    /// <summary>The columns that a model needs, and the optional one of customers where it is there.</summary>
    /// <param name="kind">The model.</param>
    /// <param name="header">The table's headers.</param>
    /// <param name="table">How faults name the table.</param>
    /// <exception cref="UserFaultException">A column is missing, or two could be meant.</exception>
    internal IReadOnlyDictionary<SummaryRole, string> Find(LifetimeModelKind kind, IReadOnlyList<string> header, string table)
    {
        var found = new Dictionary<SummaryRole, string>();
        foreach (var (role, symbol, customary) in Roles)
        {
            var isNeeded = IsNeeded(kind, role);
            if (!isNeeded && role != SummaryRole.Customers)
            {
                continue;
            }

            var names = role == SummaryRole.Age && kind == LifetimeModelKind.BgBb ? NamesOfOccasions : customary;
            if (Find(role, symbol, names, header, table) is { } column)
            {
                found[role] = column;
            }
            else if (isNeeded)
            {
                throw new UserFaultException(
                    $"{table} has no column of {Meaning(kind, role)}, which {kind.Name()} needs. Its columns are {string.Join(", ", header.Select(name => $"\"{name}\""))}; "
                    + $"expected one named {string.Join(" or ", names.Select(name => $"\"{name}\""))}. Name it with '--columns {symbol}=HEADER'.");
            }
        }

        return found;
    }

    private string? Find(SummaryRole role, string symbol, string[] names, IReadOnlyList<string> header, string table)
    {
        if (_named.TryGetValue(role, out var name))
        {
            return header.FirstOrDefault(column => string.Equals(column.Trim(), name, StringComparison.OrdinalIgnoreCase))
                ?? throw new WrongCommandException($"{table} has no column \"{name}\". {NearNames.Hint(name, header, "columns")}");
        }

        var fitting = header.Where(column => names.Contains(column.Trim(), StringComparer.OrdinalIgnoreCase) && !_named.ContainsValue(column)).ToList();
        return fitting.Count <= 1
            ? fitting.FirstOrDefault()
            : throw new WrongCommandException(
                $"{table} has several columns that could be {symbol}: {string.Join(", ", fitting.Select(column => $"\"{column}\""))}. Name one with '--columns {symbol}=HEADER'.");
    }

    private static bool IsNeeded(LifetimeModelKind kind, SummaryRole role) => role switch
    {
        SummaryRole.Frequency => true,
        SummaryRole.Recency or SummaryRole.Age => kind != LifetimeModelKind.GammaGamma,
        SummaryRole.MeanSpend => kind == LifetimeModelKind.GammaGamma,
        _ => false,
    };

    private static SummaryRole? RoleOf(string symbol)
    {
        foreach (var (role, name, names) in Roles)
        {
            if (string.Equals(symbol, name, StringComparison.OrdinalIgnoreCase) || names.Contains(symbol, StringComparer.OrdinalIgnoreCase))
            {
                return role;
            }
        }

        return string.Equals(symbol, "n", StringComparison.OrdinalIgnoreCase) ? SummaryRole.Age : null;
    }

    private static string Meaning(LifetimeModelKind kind, SummaryRole role) => role switch
    {
        SummaryRole.Frequency => "x (repeat purchases)",
        SummaryRole.Recency => "t_x (time from the first to the last purchase)",
        SummaryRole.Age when kind == LifetimeModelKind.BgBb => "n (occasions to buy)",
        SummaryRole.Age => "T (time since the first purchase)",
        _ => "mean spend",
    };
}
