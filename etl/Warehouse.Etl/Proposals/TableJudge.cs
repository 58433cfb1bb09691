using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Proposals;

/// <summary>Decides what a table is from the columns that it has, the most specific first, and how a feed fills it.</summary>
/// <param name="all">All tables that were found: one may know what another lacks.</param>
internal sealed class TableJudge(IReadOnlyList<SourceTable> all)
{
    private static readonly string[] ServiceColumns =
        ["agent", "topic", "is_complaint", "is_answered", "is_resolved", "answered_at", "resolved_at", "closed_at", "waiting_seconds", "talk_seconds", "satisfaction"];

    private static readonly string[] PersonColumns =
        ["given_name", "family_name", "email", "phone", "street", "postcode", "city", "country", "birth_year", "gender", "occupation", "registered_on"];

    /// <summary>What a table is.</summary>
    public TableProposal Judge(SourceTable table)
    {
        if (!table.HasHeader)
        {
            return Undecided(table, "The file has no header, so that its columns have no names: give them names in « header », as what they are.");
        }

        return Simple(table) ?? Contact(table) ?? Sale(table) ?? Entity(table) ?? Undecided(table, OrdersElsewhere(table));
    }

    private static TableProposal? Simple(SourceTable table)
    {
        var rate = Assignment.Of(TargetCatalogue.ExchangeRate, table);
        if (!rate.Missing.Any() && table.Columns.Count <= 8)
        {
            return Propose(table, new MappingWriter(table).Fill(rate), "a rate of exchange from a date on");
        }

        var touch = Assignment.Of(TargetCatalogue.Touch, table);
        if (!touch.Missing.Any())
        {
            return Propose(table, new MappingWriter(table).Fill(touch), "a customer in a wave of a campaign");
        }

        var consent = Assignment.Of(TargetCatalogue.Consent, table);
        return !consent.Missing.Any() && consent["is_granted"]!.Flags > .95
            ? Propose(table, new MappingWriter(table).Fill(consent), "what a customer allowed or withdrew for a channel")
            : null;
    }

    private static TableProposal? Contact(SourceTable table)
    {
        var contact = Assignment.Of(TargetCatalogue.Contact, table);
        return contact.Has("contact_id", "opened_at") && contact.Count(ServiceColumns) >= 2
            ? Propose(table, new MappingWriter(table).Fill(contact), $"a contact: {KeyOf(contact["contact_id"]!)}")
            : null;
    }

    private TableProposal? Sale(SourceTable table)
    {
        var writer = new MappingWriter(table);
        var sale = Assignment.Of(TargetCatalogue.Sale, table);
        var amount = table.Columns.Where(column => column.Numbers > .85 && !sale.Columns.Values.Contains(column))
            .MaxBy(column => ColumnNames.AmountScore(column.Tokens)) is { } best && ColumnNames.AmountScore(best.Tokens) > .4 ? best : null;
        if (!(sale.Has("unit_price") || amount is not null) || !(sale.Has("order_id") || sale.Has("customer")))
        {
            return null;
        }

        if (!sale.Has("ordered_at"))
        {
            return sale.Has("order_id", "quantity") ? LinesOfOrders(table, sale, writer) : null;
        }

        return Propose(
            table,
            [.. writer.SaleFill(sale, amount), .. writer.Beside(sale)],
            sale.Has("order_id") ? $"an order line: {KeyOf(sale["order_id"]!)} are orders" : "a purchase: no column names orders");
    }

    /// <summary>Order lines whose orders, with date and customer, stand in another table.</summary>
    private TableProposal? LinesOfOrders(SourceTable table, Assignment sale, MappingWriter writer)
    {
        var key = sale["order_id"]!;
        foreach (var (orders, head) in OrdersBeside(table))
        {
            if (table.Values[key.Name].Keys.All(orders.Values[head["order_id"]!.Name].ContainsKey))
            {
                return Propose(
                    table,
                    writer.SaleFill(sale, null, orders, head),
                    $"an order line: {KeyOf(key)} are orders, and all of them are in {Path.GetFileName(orders.Path)}, where {head["order_id"]!.Name} is unique");
            }
        }

        return null;
    }

    /// <summary>The tables with the dates of orders, each order once, in files that a lookup can read.</summary>
    private IEnumerable<(SourceTable Table, Assignment Columns)> OrdersBeside(SourceTable table) => all
        .Where(other => other.Path != table.Path && other.Format == Feeds.FileFormat.Csv && other.Source is { Delimiter: ',', HasBlankRuns: false, Header: null })
        .Select(other => (Table: other, Columns: Assignment.Of(TargetCatalogue.Sale, other)))
        .Where(orders => orders.Columns.Has("order_id", "ordered_at") && orders.Columns["order_id"]!.IsUnique);

    /// <summary>Why order lines cannot take their dates from another table that has some of them.</summary>
    private string? OrdersElsewhere(SourceTable table)
    {
        var sale = Assignment.Of(TargetCatalogue.Sale, table);
        if (sale["order_id"] is not { } key || !sale.Has("quantity") || sale.Has("ordered_at"))
        {
            return null;
        }

        return OrdersBeside(table)
            .Select(orders => FormattableString.Invariant(
                $"A row is an order line without a date. {Path.GetFileName(orders.Table.Path)} has {orders.Columns["ordered_at"]!.Name} for {table.Values[key.Name].Keys.Count(orders.Table.Values[orders.Columns["order_id"]!.Name].ContainsKey):#,##0} of {key.Distinct:#,##0} different {key.Name}: with all of them it could be looked up there."))
            .FirstOrDefault();
    }

    private static TableProposal? Entity(SourceTable table)
    {
        var words = NameTokens.Of(table.Name);
        var candidates = new[] { TargetCatalogue.Customer, TargetCatalogue.Product, TargetCatalogue.Location, TargetCatalogue.Campaign }
            .Select(target => Assignment.Of(target, table))
            .Where(found => !found.Missing.Any())
            .Where(found => found.Columns.Count >= 2 || found.Target.Columns.Count <= 3)
            .Where(found => found.Target != TargetCatalogue.Customer || found.Count(PersonColumns) >= 2)
            .Where(found => found[found.Target.Columns[0].Name] is { } id && (id.IsUnique || ColumnNames.IsEntityOf(found.Target, words) || found.Has("valid_from")))
            .Where(found => found[found.Target.Columns[0].Name]!.Tokens is { Count: <= 3 })
            .OrderByDescending(found => ColumnNames.IsEntityOf(found.Target, words))
            .ThenByDescending(found => found.Columns.Count)
            .ToArray();
        if (candidates.Length == 0)
        {
            return null;
        }

        var best = candidates[0];
        var id = best[best.Target.Columns[0].Name]!;
        return Propose(
            table,
            new MappingWriter(table).Fill(best),
            $"a {best.Target.Name}{(id.IsUnique ? "" : ", or a change of one")}: {KeyOf(id)}");
    }

    private static TableProposal Undecided(SourceTable table, string? why = null)
    {
        var nearest = TargetCatalogue.All.Select(target => Assignment.Of(target, table))
            .OrderByDescending(found => found.Columns.Count(column => found.Target.Columns.Any(known => known.IsRequired && known.Name == column.Key)))
            .ThenByDescending(found => found.Columns.Count)
            .First();
        var missing = nearest.Missing.Select(column => $"{column.Name} ({column.Meaning})").ToArray();
        return new TableProposal(
            table,
            [],
            why ?? "It could not be told what a row of this table is.",
            nearest.Columns.Count == 0
                ? ["Nothing in it looks like sales, contacts, touches, customers, products, places, campaigns, consents or rates."]
                : [$"Nearest is {nearest.Target.Name}, by {string.Join(", ", nearest.Columns.Select(pair => $"{pair.Value.Name} as {pair.Key}"))}.{(missing.Length == 0 ? "" : $" It needs {string.Join(", ", missing)}.")}"])
        {
            Used = new HashSet<string>(),
        };
    }

    private static TableProposal Propose(SourceTable table, ProposedFill fill, string grain) => Propose(table, [fill], grain);

    private static TableProposal Propose(SourceTable table, IReadOnlyList<ProposedFill> fills, string grain)
    {
        var used = table.Columns.Where(column => fills.SelectMany(fill => fill.Columns).Any(filled => filled.Uses.Contains(column.Name))).ToArray();
        return new TableProposal(table, fills, $"A row is {grain}.", [])
        {
            FirstYear = used.Where(column => column.Dates > .85 && fills[0].Columns.Any(filled => IsBusinessDate(fills[0], filled) && filled.Uses.Contains(column.Name)))
                .Select(column => column.FirstYear).Min(),
            Used = used.Select(column => column.Name).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static bool IsBusinessDate(ProposedFill fill, ProposedColumn column) => fill.Target.Find(column.Name) is { Kind: ColumnKind.Instant, IsRequired: true };

    private static string KeyOf(ColumnEvidence column) =>
        FormattableString.Invariant($"{column.Distinct:#,##0} different {column.Name} in {column.Rows:#,##0} rows");
}
