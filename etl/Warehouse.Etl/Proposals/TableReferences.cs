using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Proposals;

/// <summary>What the tables that were found know of each other: a value that one lacks may stand in another, under a key that both have.</summary>
/// <param name="all">All tables that were found.</param>
internal sealed class TableReferences(IReadOnlyList<SourceTable> all)
{
    /// <summary>Of tables that were not read to their ends, this share of common keys is enough.</summary>
    private const double LeastSampled = .1;

    /// <summary>The tables with the dates of orders, each order once.</summary>
    public IEnumerable<(SourceTable Table, Assignment Columns)> OrdersBeside(SourceTable table) => Beside(table)
        .Select(other => (Table: other, Columns: Assignment.Of(TargetCatalogue.Sale, other)))
        .Where(orders => orders.Columns.Has("order_id", "ordered_at") && orders.Columns["order_id"]!.IsUnique);

    /// <summary>The table with the lines of the orders of which a table has one row each; null where there is none.</summary>
    public SourceTable? LinesOf(SourceTable table, ColumnEvidence order) => Beside(table).FirstOrDefault(other =>
        Assignment.Of(TargetCatalogue.Sale, other) is var lines
        && lines["order_id"] is { IsUnique: false } key
        && (lines.Has("quantity") || lines.Has("product")) && (lines.Has("unit_price") || MappingWriter.AmountOf(other, lines) is not null)
        && ShareHeld(other, key, table, order) > .5);

    /// <summary>Whether all values of a column are in another table's.</summary>
    public static bool Holds(SourceTable holder, ColumnEvidence key, SourceTable table, ColumnEvidence column)
    {
        var isWhole = holder.IsWhole && table.IsWhole;
        return ShareHeld(table, column, holder, key) is var share && (isWhole ? share >= 1 : share > LeastSampled);
    }

    /// <summary>The column that names what is sold by the key of a table that is called otherwise (TrackId of Track).</summary>
    public ColumnEvidence? ProductOf(SourceTable lines, Assignment sale) =>
        sale.Has("order_id") && !sale.Has("product") && (sale.Has("quantity") || sale.Has("unit_price"))
            ? lines.Columns.FirstOrDefault(column => sale.Columns.Values.All(other => other.Name != column.Name) && TablesOf(lines, column).Any(IsOfThings))
            : null;

    /// <summary>The key by which order lines name what they sell, where a table is called otherwise than a table of products.</summary>
    public ColumnEvidence? SoldBy(SourceTable table) => IsOfThings(table)
        ? Beside(table)
            .Select(lines => (Lines: lines, Sale: Assignment.Of(TargetCatalogue.Sale, lines)))
            .Select(found => ProductOf(found.Lines, found.Sale) is { } named ? table.Columns.FirstOrDefault(key => IsKeyOf(table, key, found.Lines, named)) : null)
            .FirstOrDefault(key => key is not null)
        : null;

    /// <summary>Where the price of what is sold stands; null where no table has it.</summary>
    public (SourceTable Table, ColumnEvidence Key, ColumnEvidence Price)? PriceOf(SourceTable lines, ColumnEvidence product) => Found(
        from other in TablesOf(lines, product)
        let columns = Assignment.Of(TargetCatalogue.Product, other)
        let price = columns["list_price"]
        where price is not null && price.Filled == price.Rows
        select (other, KeyIn(other, lines, product), price));

    /// <summary>Where the name stands of what a column names by a key; null where no table has it.</summary>
    public (SourceTable Table, ColumnEvidence Key, ColumnEvidence Name)? NameOf(SourceTable table, ColumnEvidence column) => Found(
        from other in TablesOf(table, column)
        let names = other.Columns.Where(named => named.Tokens.Contains("name") && named.IsUnique && named.Filled == named.Rows).ToArray()
        where names.Length == 1
        select (other, KeyIn(other, table, column), names[0]));

    /// <summary>The calendar in which a key of days stands (a date dimension), and the key's column.</summary>
    public (ColumnEvidence Column, SourceTable Table, ColumnEvidence Key, ColumnEvidence Date)? DayOf(SourceTable table) => Found(
        from column in table.Columns
        where column.Tokens.Contains("date") && column.Tokens.Contains("id") && column.Dates < .5
        from other in TablesOf(table, column)
        from date in other.Columns
        where date is { Dates: > .95, IsUnique: true }
        select (column, other, KeyIn(other, table, column), date));

    /// <summary>
    /// The column by which a table of customers tells a person whose identifier changes from order to order
    /// (customer_unique_id beside customer_id); null where there is none.
    /// </summary>
    public static ColumnEvidence? PersonIn(SourceTable customers)
    {
        var key = customers.Columns.FirstOrDefault(column => column.IsUnique && column.Tokens.SequenceEqual(["customer", "id"]));
        return key is null ? null : customers.Columns.FirstOrDefault(column =>
            column.Filled == column.Rows && column.Tokens.Count == 3 && column.Tokens.Contains("customer") && column.Tokens.Contains("id")
            && column.Tokens.Any(word => word is "unique" or "person" or "master" or "golden" or "global"));
    }

    /// <summary>The column that names a person by the plain identifier of another table: ContactId, where Contact has an Id.</summary>
    /// <param name="table">The table.</param>
    /// <param name="idOf">The column that names the persons of a table; null where it is none of persons.</param>
    public ColumnEvidence? NamingPersons(SourceTable table, Func<SourceTable, ColumnEvidence?> idOf) =>
        (from other in Beside(table)
         let id = idOf(other)
         where id is not null && ColumnNames.IsPlainId(id.Tokens)
         let entity = NameTokens.Of(other.Name)
         from column in table.Columns
         where column.Filled > 0 && column.Tokens.Count > 1 && column.Tokens[^1] == "id" && column.Tokens.SkipLast(1).All(entity.Contains) && Holds(other, id, table, column)
         select column).FirstOrDefault();

    /// <summary>The table that tells the person of an identifier, and where.</summary>
    public (SourceTable Table, ColumnEvidence Key, ColumnEvidence Person)? PersonOf(SourceTable table, ColumnEvidence customer) => Found(
        from other in TablesOf(table, customer)
        let person = PersonIn(other)
        where person is not null
        select (other, KeyIn(other, table, customer), person));

    /// <summary>Of the columns that could name a table's rows the one by which the other tables name them.</summary>
    public ColumnEvidence Referenced(SourceTable table, ColumnEvidence chosen, IEnumerable<ColumnEvidence> candidates) => candidates
        .Prepend(chosen)
        .MaxBy(key => Beside(table).Count(other => other.Columns.Any(column => IsKeyOf(table, key, other, column))))!;

    /// <summary>A table of things with names, which are no persons, orders or places.</summary>
    private static bool IsOfThings(SourceTable table) =>
        Assignment.Of(TargetCatalogue.Product, table).Has("name") && !Assignment.Of(TargetCatalogue.Sale, table).Has("order_id") && !Assignment.Of(TargetCatalogue.Customer, table).Has("given_name");

    private static double ShareHeld(SourceTable table, ColumnEvidence column, SourceTable holder, ColumnEvidence key)
    {
        var held = holder.Values[key.Name];
        var values = table.Values[column.Name];
        return values.Count == 0 ? 0 : (double)values.Keys.Count(held.ContainsKey) / values.Count;
    }

    private static bool IsKeyOf(SourceTable holder, ColumnEvidence key, SourceTable table, ColumnEvidence column) =>
        key.IsUnique && key.Tokens.Contains("id") && key.Tokens.Count > 1 && key.Tokens.All(column.Tokens.Contains) && column.Filled > 0 && Holds(holder, key, table, column);

    private static ColumnEvidence KeyIn(SourceTable holder, SourceTable table, ColumnEvidence column) => holder.Columns.First(key => IsKeyOf(holder, key, table, column));

    private static T? Found<T>(IEnumerable<T> found)
        where T : struct => found.Select(one => (T?)one).FirstOrDefault();

    private IEnumerable<SourceTable> Beside(SourceTable table) => all.Where(other => other.Path != table.Path || other.Name != table.Name);

    private IEnumerable<SourceTable> TablesOf(SourceTable table, ColumnEvidence column) =>
        Beside(table).Where(other => other.Columns.Any(key => IsKeyOf(other, key, table, column)));
}
