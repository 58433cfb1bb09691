using System.Globalization;
using System.Text.RegularExpressions;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds.Expressions;
using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Feeds;

/// <summary>Reads the « columns » of a feed: for each column of the target a source column's name, a list of them, or the long form.</summary>
internal static partial class ColumnMappingReader
{
    private static readonly string[] Yes = ["true", "t", "yes", "y", "1"];
    private static readonly string[] No = ["false", "f", "no", "n", "0"];

    private static readonly Dictionary<string, Cleaning> Cleanings = new(StringComparer.Ordinal)
    {
        ["lower"] = Cleaning.Lower,
        ["upper"] = Cleaning.Upper,
        ["digits"] = Cleaning.Digits,
        ["whole"] = Cleaning.Whole,
        ["blanks"] = Cleaning.Blanks,
        ["number"] = Cleaning.Number,
        ["percent"] = Cleaning.Percent,
    };

    /// <summary>Reads the mappings; where the target is not known, only for the faults in them.</summary>
    public static IReadOnlyList<ColumnMapping> ReadAll(DefinitionMap columns, Target? target, string? identity)
    {
        var mappings = new List<ColumnMapping>();
        foreach (var name in columns.Keys.ToArray())
        {
            var column = target?.Find(name) ?? new TargetColumn(name, ColumnKind.Text, IsRequired: false, "", NumberRange.Any);
            if (target is not null && target.Find(name) is null)
            {
                columns.FaultUnknown(name, $"is no column of {target.Name}", target.Columns.Select(known => known.Name), "columns");
                continue;
            }

            mappings.Add(Read(columns, column, target, identity));
        }

        foreach (var (place, missing) in target?.Columns.Where(column => column is { IsRequired: true, IsOnlyForFirst: false } && !columns.Has(column.Name)).Index() ?? [])
        {
            columns.Fault(missing.Name, $"\"{missing.Name}\" is missing: {target!.Name} needs it. {missing.Meaning}{(place == 0 && target == TargetCatalogue.Sale && mappings.Count > 0 ? " An order line is told as a whole: what another file says of it is looked up there (lookup: {file: …}), or told again with the line." : "")}");
        }

        return mappings;
    }

    public static IReadOnlyList<Cleaning> ReadCleaning(DefinitionMap map)
    {
        var cleanings = new List<Cleaning>();
        foreach (var word in map.Texts("clean"))
        {
            if (Cleanings.TryGetValue(word.Text, out var cleaning))
            {
                cleanings.Add(cleaning);
            }
            else
            {
                word.Fault($"There is no cleaning \"{word}\". {NearNames.Hint(word.Text, Cleanings.Keys, "cleanings")}");
            }
        }

        return cleanings;
    }

    private static ColumnMapping Read(DefinitionMap columns, TargetColumn column, Target? target, string? identity)
    {
        if (columns.HoldsMap(column.Name))
        {
            var map = columns.Map(column.Name)!;
            return ReadLong(map, column, target, map.Has("value") ? [] : [ReadSource(map, column, identity)]);
        }

        var sources = columns.HoldsList(column.Name)
            ? columns.Maps(column.Name).Select(map => ReadSource(map, column, identity)).ToArray()
            : [new ValueSource(columns.Text(column.Name) ?? "", [], RequireIdentity(columns, column, identity), null, null)];
        return new ColumnMapping(column, sources, null, null, null, Yes, No, column is { IsRequired: true, IsOnlyForFirst: false }, NumberRange.Any, [], [], column is { Kind: ColumnKind.Instant, IsRequired: true }, null, null);
    }

    private static ValueSource ReadSource(DefinitionMap map, TargetColumn column, string? identity)
    {
        var expression = map.TextValue("expr");
        if (expression is not null && map.Has("from"))
        {
            map.Fault("expr", "A column is filled \"from\" one of the source or by an \"expr\", not by both.");
        }

        return new ValueSource(
            expression?.Text ?? map.RequiredText("from"),
            ReadCleaning(map),
            RequireIdentity(map, column, (column.Kind == ColumnKind.Customer ? map.Text("identity") : null) ?? identity),
            ReadPattern(map.TextValue("matches")),
            Lookup.Read(map))
        {
            Expression = expression is null ? null : ExpressionParser.Read(expression) ?? new Literal(Operand.None),
        };
    }

    private static string? RequireIdentity(DefinitionMap map, TargetColumn column, string? identity)
    {
        if (column.Kind != ColumnKind.Customer)
        {
            return null;
        }

        if (identity is null)
        {
            map.Fault(
                column.Name,
                $"\"{column.Name}\" is somebody's identifier: say whose it is, by \"identity\" here or for the whole feed (crm, loyalty, email, …).");
        }

        return identity;
    }

    private static ColumnMapping ReadLong(DefinitionMap map, TargetColumn column, Target? target, ValueSource[] sources)
    {
        var constant = map.Text("value");
        if (constant is not null && column.Kind == ColumnKind.Customer)
        {
            map.Fault("value", $"\"{column.Name}\" is somebody's identifier, which cannot be the same in every row: name its column by \"from\".");
        }

        var isTimed = column.Kind is ColumnKind.Instant or ColumnKind.Date;
        var isNumber = column.Kind is ColumnKind.Number or ColumnKind.Rate or ColumnKind.Whole or ColumnKind.Seconds;
        var isFlag = column.Kind == ColumnKind.Flag;
        return new ColumnMapping(
            column,
            sources,
            constant,
            isTimed ? ReadFormat(map.TextValue("format")) : null,
            column.Kind == ColumnKind.Instant ? FeedSourceReader.ReadZone(map.TextValue("time_zone"))?.Text : null,
            isFlag ? Words(map, "true", Yes) : Yes,
            isFlag ? Words(map, "false", No) : No,
            ReadRequired(map, column),
            isNumber ? new NumberRange(map.Number("min"), map.Number("max")) : NumberRange.Any,
            ReadValues(map.Texts("one_of"), isNumber),
            ReadValues(map.Texts("none_of"), isNumber),
            (isTimed ? map.Flag("past") : null) ?? column is { Kind: ColumnKind.Instant, IsRequired: true },
            column.Kind == ColumnKind.Instant ? ReadOther(map.TextValue("not_before"), target) : null,
            ReadPattern(map.TextValue("pattern")),
            target is { KeepsRecords: true } && column != target.Columns[0] && column.Name != "valid_from" ? map.Choice("history", FeedReader.Histories) : null,
            isNumber ? map.Number("factor", -1_000_000_000, 1_000_000_000) : null);
    }

    private static bool ReadRequired(DefinitionMap map, TargetColumn column)
    {
        var isAlways = column is { IsRequired: true, IsOnlyForFirst: false };
        var isRequired = map.Flag("required");
        if (column.IsRequired && isRequired == false)
        {
            map.Fault("required", $"\"{column.Name}\" is always required{(isAlways ? "" : " of what is not known yet")}: {column.Meaning}");
        }

        return isAlways || isRequired == true;
    }

    private static string? ReadFormat(DefinitionText? text)
    {
        for (var at = text?.Text.IndexOf('%', StringComparison.Ordinal) ?? -1; at >= 0; at = text!.Text.IndexOf('%', at + 2))
        {
            var part = FormatPart().Match(text!.Text, at);
            if (!part.Success)
            {
                text.Fault($"\"{text.Text[at..Math.Min(at + 2, text.Text.Length)]}\" is no part of a date's format; parts are %Y %m %d %H %M %S %f %p %b %B %y %Ey %j %z and others of strptime, as in \"%d/%m/%Y %H:%M\"; days since 1900 are \"excel\".");
                break;
            }
        }

        return text?.Text;
    }

    [GeneratedRegex(@"\G%(?:-[dmyHIMSj]|Ey|[aAdbBmyYHIpMSfngzZjcxXsQ%])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormatPart();

    private static string[] ReadValues(IReadOnlyList<DefinitionText> values, bool areNumbers)
    {
        foreach (var value in areNumbers ? values.Where(value => !decimal.TryParse(value.Text, CultureInfo.InvariantCulture, out _)) : [])
        {
            value.Fault($"The column holds numbers, and \"{value}\" is none.");
        }

        return [.. values.Select(value => value.Text)];
    }

    private static string? ReadOther(DefinitionText? name, Target? target)
    {
        if (name is not null && target is not null && target.Find(name.Text) is not { Kind: ColumnKind.Instant })
        {
            var instants = target.Columns.Where(column => column.Kind == ColumnKind.Instant).Select(column => column.Name);
            name.Fault($"\"{name}\" is no instant of {target.Name}. {NearNames.Hint(name.Text, instants, "instants")}");
        }

        return name?.Text;
    }

    private static string[] Words(DefinitionMap map, string key, string[] otherwise)
    {
        var words = map.Texts(key);
        return words.Count == 0 ? otherwise : [.. words.Select(word => word.Text.ToLowerInvariant())];
    }

    public static string? ReadPattern(DefinitionText? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            // What looks around or refers back is not for the engine, nor for this option.
            _ = new Regex(text.Text, RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException)
        {
            text.Fault($"This is no regular expression that can be used: {broken.Message}");
        }

        return text.Text;
    }
}
