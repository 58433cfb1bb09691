using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Proposals;

/// <summary>
/// Tells a table of order lines in which only the first line of an order says when, by whom or in which currency, as exports
/// of shops and reports with merged cells do: such a column is empty on the very rows in which the order goes on.
/// </summary>
internal static class FillDownGuess
{
    private const int LeastGoingOn = 2;

    /// <summary>Lines of totals at the end, and the like.</summary>
    private const int FewMisfits = 2;

    private static readonly string[] ToldOfOrders = ["ordered_at", "customer", "currency"];

    /// <summary>The columns that are told once for each order, the one that names it first; none where every row tells all.</summary>
    /// <param name="scan">The table as it was written.</param>
    /// <param name="name">What the table is called.</param>
    public static IReadOnlyList<string> Of(TableScan scan, string name)
    {
        var words = NameTokens.Of(name);
        var fields = Enumerable.Range(0, scan.Header.Count).ToArray();
        var orders = fields.Where(field => scan.Values[field].Count > 0 && IsOf("order_id", scan.Header[field], words))
            .Select(field => (Field: field, Unnamed: EmptyIn(scan, field)))
            .OrderBy(order => order.Unnamed.Count)
            .ToArray();
        var told =
            from column in ToldOfOrders
            from field in fields
            where scan.Values[field].Count > 0 && IsOf(column, scan.Header[field], words)
            let empty = EmptyIn(scan, field)
            where empty.Count >= LeastGoingOn && !empty.Contains(0)
            where column != "ordered_at" || ColumnEvidence.Of(scan.Header[field], scan.Rows, scan.Values[field]).Dates > .9
            from order in orders
            where order.Field != field && GoesOn(scan, empty, order.Field, order.Unnamed)
            select (Order: order.Field, GoesOn: empty);
        if (told.Select(found => ((int Order, HashSet<int> GoesOn)?)found).FirstOrDefault() is not var (named, goesOn))
        {
            return [];
        }

        // What is counted, such as the total of the order, would count for each line.
        var once = fields.Where(field => field != named && scan.Values[field].Count > 0 && goesOn.Count(row => scan.Sample[row][field].Length == 0) >= goesOn.Count - 1 && !IsCounted(scan, field));
        return [scan.Header[named], .. once.Select(field => scan.Header[field])];
    }

    private static HashSet<int> EmptyIn(TableScan scan, int field) =>
        [.. Enumerable.Range(0, scan.Sample.Count).Where(row => scan.Sample[row][field].Length == 0)];

    /// <summary>Whether rows go on with the order above them: they name the same, or none where many do and other columns have values.</summary>
    private static bool GoesOn(TableScan scan, HashSet<int> rows, int order, HashSet<int> unnamed)
    {
        var misfits = rows.Count(row => unnamed.Contains(row) ? !scan.Sample[row].Any(text => text.Length > 0) : scan.Sample[row][order] != scan.Sample[row - 1][order]);
        return misfits <= Math.Min(FewMisfits, rows.Count / 5) && (!rows.Overlaps(unnamed) || unnamed.Count * 5 > scan.Sample.Count);
    }

    private static bool IsCounted(TableScan scan, int field) =>
        ColumnEvidence.Of(scan.Header[field], scan.Rows, scan.Values[field]) is { Amounts: > .9, Wholes: < .9, Dates: < .9 };

    private static bool IsOf(string column, string name, IReadOnlyList<string> table) => ColumnNames.Score(TargetCatalogue.Sale, column, NameTokens.Of(name), table) > .6;
}
