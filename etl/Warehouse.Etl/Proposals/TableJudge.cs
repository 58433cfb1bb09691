using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Proposals;

/// <summary>Decides what a table is from the columns that it has, the most specific first, and how a feed fills it.</summary>
/// <param name="all">All tables that were found: one may know what another lacks.</param>
internal sealed class TableJudge(IReadOnlyList<SourceTable> all)
{
    private static readonly string[] ServiceColumns =
        ["agent", "topic", "is_complaint", "is_answered", "is_resolved", "answered_at", "resolved_at", "closed_at", "waiting_seconds", "talk_seconds", "satisfaction"];

    private static readonly string[] MarksOfPersons = ["given_name", "email", "birth_year", "gender", "occupation"];

    /// <summary>How states of what came to nothing begin.</summary>
    private static readonly string[] Undone = ["cancel", "storn", "fail", "refund", "void", "declin", "unavailable"];

    private readonly TableReferences _references = new(all);

    private static readonly string[] PersonColumns =
        ["given_name", "family_name", "email", "phone", "street", "postcode", "city", "country", "birth_year", "gender", "occupation", "registered_on"];

    /// <summary>What a table is.</summary>
    public TableProposal Judge(SourceTable table)
    {
        if (table.Rows == 0)
        {
            return Undecided(table, table.Columns.Count == 0 ? "The file is empty." : "The file has names of columns and no rows: nothing tells what they hold.");
        }

        if (!table.HasHeader)
        {
            return Undecided(table, "The file has no header, so that its columns have no names: give them names in « header », as what they are.");
        }

        return Simple(table) ?? Person(table) ?? Contact(table) ?? Sale(table) ?? (Header(table) is { } why ? Undecided(table, why) : Entity(table)) ?? Undecided(table, OrdersElsewhere(table) ?? TotalsOfOrders(table));
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

        if (TouchesWithoutArms.Of(table, touch) is var (fill, grain))
        {
            return Propose(table, fill, grain);
        }

        var consent = Assignment.Of(TargetCatalogue.Consent, table);
        return !consent.Missing.Any() && consent["is_granted"]!.Flags > .95
            ? Propose(table, new MappingWriter(table).Fill(consent), "what a customer allowed or withdrew for a channel")
            : null;
    }

    private TableProposal? Contact(SourceTable table)
    {
        table = _references.NamingPersons(table, other => PersonIdOf(other)) is { } person
            ? table with { Columns = [.. table.Columns.Select(column => column.Name == person.Name ? column with { Tokens = ["customer", "id"] } : column.Tokens is ["customer", "id"] ? column with { Tokens = [] } : column)] }
            : table;
        var contact = Assignment.Of(TargetCatalogue.Contact, table);
        return contact.Has("contact_id", "opened_at") && contact.Count(ServiceColumns) >= 2
            ? Propose(table, new MappingWriter(table).Fill(contact), $"a contact: {KeyOf(contact["contact_id"]!)}")
            : null;
    }

    /// <summary>A row for each person, and nothing that was bought.</summary>
    private TableProposal? Person(SourceTable table) =>
        PersonIdOf(table) is { } id ? Entity(table, Assignment.Of(TargetCatalogue.Customer, table).With("id", id)) : null;

    /// <summary>The column that names the persons of whom a table has a row each; null where it has not.</summary>
    private static ColumnEvidence? PersonIdOf(SourceTable table)
    {
        var sale = Assignment.Of(TargetCatalogue.Sale, table);
        var person = Assignment.Of(TargetCatalogue.Customer, table);
        var isSold = sale.Has("product") && (sale.Has("quantity") || sale.Has("unit_price") || MappingWriter.AmountOf(table, sale) is not null);
        return sale.Has("order_id") || isSold || person.Count(MarksOfPersons) < 2 || Assignment.Of(TargetCatalogue.Contact, table).Count(ServiceColumns) > 2 ? null
            : person["id"] is { IsUnique: true } named ? named
            : table.Columns.FirstOrDefault(column => column.IsUnique && ColumnNames.IsPlainId(column.Tokens))
                ?? (person["id"] is null && person["email"] is { IsUnique: true } address ? address : null);
    }

    private TableProposal? Sale(SourceTable table)
    {
        var reading = SaleReading.Of(table, _references.ProductOf);
        (table, var sale, var amount) = (reading.Table, reading.Columns, reading.Amount);
        var writer = new MappingWriter(table);
        var looked = new List<ProposedColumn>();
        if (!sale.Has("unit_price") && amount is null && sale["product"] is { } product && _references.PriceOf(table, product) is { } price)
        {
            looked.Add(MappingWriter.Looked(sale.Target.Find("unit_price")!, product, price));
        }

        if (!(sale.Has("unit_price") || amount is not null || looked.Count > 0) || !(sale.Has("order_id") || sale.Has("customer")) || Header(table) is not null)
        {
            return null;
        }

        var orders = AddTime(table, sale, looked);
        if (!sale.Has("ordered_at") && looked.All(column => column.Name != "ordered_at"))
        {
            return null;
        }

        AddPerson(table, sale, looked);
        var grain = sale["order_id"] is not { } order ? "a purchase: no column names orders"
            : orders is null ? $"an order line: {KeyOf(order)} are orders"
            : $"an order line: {KeyOf(order)} are orders, and all of them are in {Path.GetFileName(orders.Path)}, once each";
        return Propose(
            table,
            [writer.SaleFill(sale, amount, looked, reading.IsBeforeDiscount), .. sale.Has("ordered_at") ? writer.Beside(sale) : []],
            grain,
            [.. reading.Remarks, .. RemarksOnRefunds(table), .. new[] { table, orders }.OfType<SourceTable>().SelectMany(RemarksOnStates)]);
    }

    /// <summary>Looks up the time, and the customer, of lines that have none; returns the table of their orders.</summary>
    private SourceTable? AddTime(SourceTable table, Assignment sale, List<ProposedColumn> looked)
    {
        if (sale.Has("ordered_at"))
        {
            return null;
        }

        if (_references.DayOf(table) is { } day)
        {
            looked.Add(MappingWriter.Looked(sale.Target.Find("ordered_at")!, day.Column, (day.Table, day.Key, day.Date)));
            return null;
        }

        if (sale["order_id"] is not { } order || !(sale.Has("quantity") || sale.Has("product")))
        {
            return null;
        }

        foreach (var (orders, head) in _references.OrdersBeside(table))
        {
            var key = head["order_id"]!;
            if (TableReferences.Holds(orders, key, table, order))
            {
                looked.Add(MappingWriter.Looked(sale.Target.Find("ordered_at")!, order, (orders, key, head["ordered_at"]!)));
                if (head["customer"] is { } buyer && !sale.Has("customer"))
                {
                    var person = _references.PersonOf(orders, buyer);
                    looked.Add(MappingWriter.Looked(
                        sale.Target.Find("customer")!, order, [(orders, key, buyer), .. person is { } told ? [told] : Array.Empty<(SourceTable, ColumnEvidence, ColumnEvidence)>()]));
                }

                return orders;
            }
        }

        return null;
    }

    private void AddPerson(SourceTable table, Assignment sale, List<ProposedColumn> looked)
    {
        if (sale["customer"] is { } buyer && _references.PersonOf(table, buyer) is { } person)
        {
            looked.Add(MappingWriter.Looked(sale.Target.Find("customer")!, buyer, person));
        }
    }

    private static IEnumerable<string> RemarksOnRefunds(SourceTable table) =>
        from column in table.Columns
        where column.Tokens.Contains("return") && Math.Max(column.Numbers, column.Amounts) > .85
        let refunds = table.Values[column.Name].Where(value => value.Key.Any(sign => sign is >= '1' and <= '9')).Sum(value => (long)value.Value)
        where refunds > 0
        select FormattableString.Invariant($"CHECK: {column.Name} says an amount in {refunds:#,##0} rows: it is not subtracted.");

    private static IEnumerable<string> RemarksOnStates(SourceTable table) =>
        from column in table.Columns
        where column.Distinct <= 50 && column.Tokens.Count <= 4 && column.Numbers < .5
        let undone = table.Values[column.Name].Where(value => Undone.Any(word => value.Key.StartsWith(word, StringComparison.OrdinalIgnoreCase))).ToArray()
        where undone.Length > 0
        select FormattableString.Invariant(
            $"CHECK: {column.Name} of {Path.GetFileName(table.Path)} says {string.Join(", ", undone.Take(3).Select(value => value.Key))} of {undone.Sum(value => (long)value.Value):#,##0} rows: they are loaded like the others.");

    /// <summary>What a table of orders is for whose lines stand in another; null where it is none.</summary>
    private string? Header(SourceTable table)
    {
        var sale = Assignment.Of(TargetCatalogue.Sale, table);
        return sale["order_id"] is { IsUnique: true } key && sale.Has("ordered_at") && !sale.Has("product") && !sale.Has("quantity") && _references.LinesOf(table, key) is { } lines
            ? $"A row is an order whose lines are in {Path.GetFileName(lines.Path)}: loaded beside them it would count twice. The lines look up here when they were ordered, and by whom."
            : null;
    }

    /// <summary>Why order lines cannot take their dates from another table that has some of them.</summary>
    private string? OrdersElsewhere(SourceTable table)
    {
        var sale = Assignment.Of(TargetCatalogue.Sale, table);
        if (sale["order_id"] is not { } key || !sale.Has("quantity") || sale.Has("ordered_at"))
        {
            return null;
        }

        return _references.OrdersBeside(table)
            .Select(orders => FormattableString.Invariant(
                $"A row is an order line without a date. {Path.GetFileName(orders.Table.Path)} has {orders.Columns["ordered_at"]!.Name} for {table.Values[key.Name].Keys.Count(orders.Table.Values[orders.Columns["order_id"]!.Name].ContainsKey):#,##0} of {key.Distinct:#,##0} different {key.Name}: with all of them it could be looked up there."))
            .FirstOrDefault();
    }

    /// <summary>Why order lines cannot take their prices from a column that says what the whole order comes to.</summary>
    private string? TotalsOfOrders(SourceTable table)
    {
        var reading = SaleReading.Of(table, _references.ProductOf);
        return reading is { OfOrder: { } total, Amount: null } && reading.Columns is var sale && sale.Has("order_id", "ordered_at") && !sale.Has("unit_price")
            ? $"A row is an order line without a price: {total.Name} is the same in all lines of each order, so that it is the whole order's, and would count once for each line."
            : null;
    }

    private TableProposal? Entity(SourceTable table)
    {
        var words = NameTokens.Of(table.Name);
        var sale = Assignment.Of(TargetCatalogue.Sale, table);
        if (sale.Has("order_id") && (sale.Has("quantity") || sale.Has("unit_price")))
        {
            return null; // Order lines of which something is missing are not what they name.
        }

        var product = Assignment.Of(TargetCatalogue.Product, table);
        var isOfPurchases = Assignment.Of(TargetCatalogue.Touch, table).Has("customer");
        var candidates = new[] { TargetCatalogue.Customer, TargetCatalogue.Product, TargetCatalogue.Location, TargetCatalogue.Campaign }
            .Select(target => target == TargetCatalogue.Product && _references.SoldBy(table) is { } key ? product.With("id", key) : Assignment.Of(target, table))
            .Where(found => !found.Missing.Any())
            .Where(found => found.Columns.Count >= 2 || found.Target.Columns.Count <= 3)
            .Where(found => found.Target != TargetCatalogue.Customer || found.Count(PersonColumns) >= 2)
            .Where(found => found.Target == TargetCatalogue.Customer || !isOfPurchases || found["id"]!.IsUnique)
            .Where(found => found["id"] is { } id && (id.IsUnique || ColumnNames.IsEntityOf(found.Target, words) || found.Has("valid_from")))
            .Where(found => found["id"]!.Tokens is { Count: <= 3 })
            .OrderByDescending(found => ColumnNames.IsEntityOf(found.Target, words))
            .ThenByDescending(found => found.Columns.Count)
            .ToArray();
        return candidates.Length == 0 ? null : Entity(table, candidates[0]);
    }

    private TableProposal Entity(SourceTable table, Assignment found)
    {
        var words = NameTokens.Of(table.Name);
        var others = table.Columns.Where(column => column.IsUnique && ColumnNames.Score(found.Target, "id", column.Tokens, words) > .9);
        var id = found.Target == TargetCatalogue.Customer && TableReferences.PersonIn(table) is { } person ? person : _references.Referenced(table, found["id"]!, others);
        id = found.Target == TargetCatalogue.Customer && found["email"] is { } email && email.Distinct > id.Distinct && email.Filled * 10 >= email.Rows * 9
            ? table.Columns.FirstOrDefault(column => column.IsUnique && ColumnNames.IsPlainId(column.Tokens)) ?? email
            : id;
        return Propose(
            table,
            [new MappingWriter(table).Fill(found.With("id", id), Named(table, found))],
            $"a {found.Target.Name}{(id.IsUnique ? "" : ", or a change of one")}: {KeyOf(id)}",
            []);
    }

    /// <summary>What an entity is called by a key of another table, such as a product's category: the name that stands there.</summary>
    private ProposedColumn[] Named(SourceTable table, Assignment found) =>
    [
        .. from pair in found.Columns
           let column = found.Target.Find(pair.Key)
           where column is { Kind: ColumnKind.Text, IsKey: false }
           let named = _references.NameOf(table, pair.Value)
           where named is not null
           select MappingWriter.Looked(column, pair.Value, named.Value),
    ];

    private static TableProposal Undecided(SourceTable table, string? why = null)
    {
        var nearest = TargetCatalogue.All.Select(target => Assignment.Of(target, table))
            .OrderByDescending(found => found.Columns.Count(column => found.Target.Columns.Any(known => known.IsRequired && known.Name == column.Key)))
            .ThenByDescending(found => found.Columns.Count)
            .First();
        var missing = nearest.Missing.Where(column => column.Name != "unit_price" || MappingWriter.AmountOf(table, nearest) is null).Select(column => $"{column.Name} ({column.Meaning})").ToArray();
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

    private static TableProposal Propose(SourceTable table, ProposedFill fill, string grain) => Propose(table, [fill], grain, []);

    private static TableProposal Propose(SourceTable table, IReadOnlyList<ProposedFill> fills, string grain, IReadOnlyList<string> remarks)
    {
        var used = table.Columns.Where(column => fills.SelectMany(fill => fill.Columns).Any(filled => filled.Uses.Contains(column.Name))).ToArray();
        return new TableProposal(table, fills, $"A row is {grain}.", remarks)
        {
            FirstYear = used.Where(column => column.Dates > .85 && fills[0].Columns.Any(filled => IsBusinessDate(fills[0], filled) && filled.Uses.Contains(column.Name)))
                .Select(column => column.FirstYear)
                .Concat(fills[0].Columns.Where(filled => IsBusinessDate(fills[0], filled)).Select(filled => filled.FirstYearElsewhere))
                .Min(),
            Used = used.Select(column => column.Name).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static bool IsBusinessDate(ProposedFill fill, ProposedColumn column) => fill.Target.Find(column.Name) is { Kind: ColumnKind.Instant, IsRequired: true };

    private static string KeyOf(ColumnEvidence column) =>
        FormattableString.Invariant($"{column.Distinct:#,##0} different {column.Name} in {column.Rows:#,##0} rows");
}
