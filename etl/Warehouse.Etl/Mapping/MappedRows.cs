using System.Globalization;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Targets;
using Warehouse.Store;

namespace Warehouse.Etl.Mapping;

/// <summary>
/// The table <c>temp.mapped</c> of a feed: a row for each row of its files, every column that the feed fills with
/// its value, and the number of the first check that the row fails (0 where it fails none). Rows are kept in the
/// order of the file, so that a row's place in the table tells its line.
/// </summary>
internal sealed class MappedRows
{
    /// <summary>A row's place in the table, from 0. What a transaction has not committed yet has row ids that begin high up.</summary>
    private const string Row = "(rowid - (SELECT min(rowid) FROM temp.mapped))";

    private readonly Feed _feed;
    private readonly Workspace _workspace;
    private readonly DateTimeOffset _now;
    private readonly MoneyChecks _money;
    private readonly List<Check> _checks = [];

    public MappedRows(Feed feed, Workspace workspace, KnownRates rates, DateTimeOffset now)
    {
        (_feed, _workspace, _money, _now) = (feed, workspace, new MoneyChecks(rates), now);
        Columns = [.. feed.Fills.SelectMany((fill, place) => fill.Mappings.Select((mapping, number) => new MappedColumn(
            mapping,
            FormattableString.Invariant($"t{place}_{mapping.Column.Name}"),
            FormattableString.Invariant($"x{place}_{number}"),
            place > 0 ? FormattableString.Invariant($"t{place}_{fill.Target.Columns[0].Name}") : null,
            place,
            mapping.TimeZone ?? feed.Source.TimeZone ?? workspace.Definition.TimeZone.Id)))];
    }

    /// <summary>The checks, in the order in which they are made; complete after <see cref="Insert"/>.</summary>
    public IReadOnlyList<Check> Checks => _checks;

    private IReadOnlyList<MappedColumn> Columns { get; }

    private IEnumerable<(string Name, ValueSource Source)> Identifiers =>
        _feed.Fills.SelectMany((fill, place) => fill.Identifiers.Select((identifier, number) =>
            (IdentifierName(place, number), identifier.Value)));

    /// <summary>The statement that makes the empty table.</summary>
    public string Create()
    {
        var columns = Columns.SelectMany(column => column.Declarations)
            .Concat(Identifiers.Select(identifier => $"{identifier.Name} VARCHAR"));
        return $"CREATE OR REPLACE TEMP TABLE mapped (load_key INTEGER, line BIGINT, line_shift BIGINT, fault SMALLINT, found VARCHAR, raw VARCHAR, {string.Join(", ", columns)})";
    }

    /// <summary>The view of the good rows as a target's SQL reads them: every column of the target, NULL where the feed does not fill it.</summary>
    public string View(int place)
    {
        var fill = _feed.Fills[place];
        var columns = fill.Target.Columns.SelectMany(column =>
            Columns.FirstOrDefault(mapped => mapped.Place == place && mapped.Mapping.Column == column) is { } mapped
                ? mapped.Selections
                : MappedColumn.Nothing(column));
        var key = FormattableString.Invariant($"t{place}_{fill.Target.Columns[0].Name}");
        return $"CREATE OR REPLACE TEMP VIEW mapped_{fill.Target.Name} AS SELECT {Row} AS mapped_row, load_key, coalesce(line, {Row} + line_shift) AS source_line, {string.Join(", ", columns)} FROM temp.mapped WHERE fault = 0 AND {key} IS NOT NULL";
    }

    /// <summary>The view of the identifiers that a target's good rows carry, one row each, by the number of their kind.</summary>
    public string IdentifierView(int place)
    {
        var kinds = _feed.Fills[place].Identifiers.Select((_, number) => FormattableString.Invariant(
            $"SELECT {Row} AS mapped_row, load_key, coalesce(line, {Row} + line_shift) AS source_line, {number} AS number, {IdentifierName(place, number)} AS source_id FROM temp.mapped WHERE fault = 0 AND {IdentifierName(place, number)} IS NOT NULL"));
        return "CREATE OR REPLACE TEMP VIEW mapped_identifier AS "
            + string.Join(
                " UNION ALL ",
                kinds.DefaultIfEmpty("SELECT rowid AS mapped_row, load_key, line AS source_line, 0 AS number, raw AS source_id FROM temp.mapped WHERE false"));
    }

    /// <summary>The statement that adds the rows of a file.</summary>
    /// <param name="rows">The file's rows: <c>line</c> and <c>c0</c>, <c>c1</c>, … as text.</param>
    /// <param name="sql">Takes the statement; it may hold values of <paramref name="rows"/> already.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="loadKey">The load that the rows belong to.</param>
    /// <param name="lineShift">What makes a row's place in the table its line, where the rows do not know their lines.</param>
    public void Insert(SqlText sql, string rows, IReadOnlyList<string> header, int loadKey, long lineShift)
    {
        _checks.Clear();
        var raw = $"json_object({string.Join(", ", header.Select((name, place) => FormattableString.Invariant($"{sql.Value(name)}, c{place}")))})";
        var trimmed = Columns.SelectMany(column => column.Mapping.Sources)
            .Concat(Identifiers.Select(identifier => identifier.Source))
            .Select(source => ColumnOf(source, header))
            .Distinct()
            .Select(column => $"{ValueSql.Trimmed(sql, column, _feed.Source.Nulls)} AS {TrimmedName(column)}");
        var sources = Columns.SelectMany(column => column.Sources(sql, header))
            .Concat(Identifiers.Select(identifier =>
                $"{ValueSql.Cleaned(sql, TrimmedOf(identifier.Source, header), identifier.Source)} AS {identifier.Name}"));
        var texts = Columns.SelectMany(column => column.Texts(sql));
        var values = Columns.SelectMany(column => column.Values(sql, _feed.Source, _workspace.Definition.TimeZone.Id));
        var faults = Columns.SelectMany(column => Faults(sql, column)).Concat(MoneyFaults(sql)).ToArray();
        var fault = faults.Length == 0
            ? "0"
            : $"CASE {string.Join(' ', faults.Select(known => FormattableString.Invariant($"WHEN {known.Condition} THEN {known.Check.Number}")))} ELSE 0 END";
        var found = faults.Length == 0
            ? "NULL"
            : $"CASE fault {string.Join(' ', faults.Select(known => FormattableString.Invariant($"WHEN {known.Check.Number} THEN {known.Found}")))} END";
        var stored = Columns.SelectMany(column => column.Names).Concat(Identifiers.Select(identifier => identifier.Name));
        sql.Add($"INSERT INTO temp.mapped SELECT {sql.Value(loadKey)}, line, {sql.Value(lineShift)}, fault, {found}, ")
            .Add(_feed.RejectsDuplicates ? raw : $"CASE WHEN fault > 0 THEN {raw} END")
            .Add($", {string.Join(", ", stored)} FROM (SELECT *, CAST({fault} AS SMALLINT) AS fault FROM (")
            .Add($"SELECT *, {string.Join(", ", values)} FROM (SELECT *, {string.Join(", ", texts)} FROM (")
            .Add($"SELECT *, {string.Join(", ", sources)} FROM (SELECT *, {string.Join(", ", trimmed)} FROM ({rows}))))))");
    }

    /// <summary>The name of a source column's trimmed text.</summary>
    public static string TrimmedOf(ValueSource source, IReadOnlyList<string> header) => TrimmedName(ColumnOf(source, header));

    private static string TrimmedName(string column) => "n" + column;

    private static string ColumnOf(ValueSource source, IReadOnlyList<string> header)
    {
        for (var place = 0; place < header.Count; place++)
        {
            if (header[place] == source.Column)
            {
                return FormattableString.Invariant($"c{place}");
            }
        }

        throw new ArgumentException($"The header has no {source.Column}.");
    }

    private static string IdentifierName(int place, int number) => FormattableString.Invariant($"t{place}_identifier{number}");

    /// <summary>Numbers are compared as numbers, everything else as it is written.</summary>
    private static string IsAmong(SqlText sql, MappedColumn column, IReadOnlyList<string> values) =>
        column.Mapping.Column.Kind is ColumnKind.Number or ColumnKind.Rate or ColumnKind.Whole or ColumnKind.Seconds
            ? $"{column.Name} IN ({sql.List(values.Select(value => (object)decimal.Parse(value, CultureInfo.InvariantCulture)))})"
            : $"{column.Text} IN ({sql.List(values)})";

    private IEnumerable<(string Condition, Check Check, string Found)> MoneyFaults(SqlText sql) =>
        _feed.Fills.Select((fill, place) => (fill, place))
            .Where(pair => pair.fill.Target == TargetCatalogue.Sale)
            .SelectMany(pair => _money.Of(sql, name => Columns.FirstOrDefault(column => column.Place == pair.place && column.Mapping.Column.Name == name)))
            .Select(fault => Fault(fault.Column, fault.Condition, fault.Rule, fault.Expectation, fault.Found));

    private (string Condition, Check Check, string Found) Fault(
        MappedColumn column, string condition, string rule, string expectation, string? found = null)
    {
        var check = new Check(_checks.Count + 1, column.Mapping.Sources.Count > 0 ? column.Mapping.Sources[0].Column : null, rule, expectation);
        _checks.Add(check);
        return (column.PartKey is { } key ? $"{key} IS NOT NULL AND ({condition})" : condition, check, found ?? column.Text);
    }

    private IEnumerable<(string Condition, Check Check, string Found)> Faults(SqlText sql, MappedColumn column)
    {
        var mapping = column.Mapping;
        if (mapping.Column.Kind is not (ColumnKind.Text or ColumnKind.Customer))
        {
            yield return Fault(column, $"{column.Text} IS NOT NULL AND {column.Name} IS NULL", "type", ValueSql.Expectation(mapping));
        }

        if (mapping.Column.Kind is ColumnKind.Date or ColumnKind.Instant)
        {
            // The versions of customers and products end on the last day: nothing can begin there.
            yield return Fault(
                column, $"{column.Name} < '0001-01-01' OR {column.Name} >= '9999-12-31'", "range", "Expected a time from 0001-01-01 and before 9999-12-31");
        }

        if (mapping.IsRequired && column.Name != column.PartKey)
        {
            yield return Fault(column, $"{column.Name} IS NULL", "required", $"Expected a value: {mapping.Column.Meaning}");
        }

        var range = mapping.Column.Range.And(mapping.Range);
        if (range.Least is { } least)
        {
            yield return Fault(column, $"{column.Name} < {sql.Value(least)}", "range", FormattableString.Invariant($"Expected at least {least}"));
        }

        if (range.Most is { } most)
        {
            yield return Fault(column, $"{column.Name} > {sql.Value(most)}", "range", FormattableString.Invariant($"Expected at most {most}"));
        }

        if (mapping.OneOf.Count > 0)
        {
            yield return Fault(column, $"NOT ({IsAmong(sql, column, mapping.OneOf)})", "one_of", $"Expected one of {string.Join(", ", mapping.OneOf)}");
        }

        if (mapping.NoneOf.Count > 0)
        {
            yield return Fault(column, IsAmong(sql, column, mapping.NoneOf), "none_of", $"Expected none of {string.Join(", ", mapping.NoneOf)}");
        }

        if (mapping.NotBefore is { } earlier && Columns.FirstOrDefault(other => other.Mapping.Column.Name == earlier && other.PartKey == column.PartKey) is { } start)
        {
            yield return Fault(column, $"{column.Name} < {start.Name}", "order", $"Expected a time that is not before {earlier}");
        }

        if (mapping.Pattern is { } pattern)
        {
            yield return Fault(column, $"NOT regexp_full_match({column.Text}, {sql.Value(pattern)})", "pattern", $"Expected a text that matches {pattern}");
        }

        if (column.IsBusinessDate)
        {
            var calendar = _workspace.Definition.Calendar;
            yield return Fault(
                column,
                $"{column.DateName} < {sql.Value(calendar.From)} OR {column.DateName} >= {sql.Value(calendar.To)}",
                "calendar",
                FormattableString.Invariant($"Expected a date of the workspace's calendar, from {calendar.From:yyyy-MM-dd} and before {calendar.To:yyyy-MM-dd}"));
        }

        if (mapping.IsPast)
        {
            yield return Fault(column, $"{column.Name} > {sql.Value(_now)}", "future", "Expected a time that is not in the future");
        }
    }
}
