using System.Text;
using Npgsql;
using Warehouse.Definitions;
using Warehouse.Etl.Staging.Remote;

namespace Warehouse.Etl.Feeds;

/// <summary>Reads from a feed's YAML where rows come from and how they are written.</summary>
internal static class FeedSourceReader
{
    private const int LongestDelimiter = 4;

    private static readonly Dictionary<string, FileFormat> Formats = new(StringComparer.Ordinal)
    {
        ["csv"] = FileFormat.Csv,
        ["parquet"] = FileFormat.Parquet,
        ["json"] = FileFormat.Json,
        ["jsonl"] = FileFormat.JsonLines,
        ["xlsx"] = FileFormat.Excel,
        ["duckdb"] = FileFormat.DuckDb,
    };

    private static readonly Dictionary<string, bool> Decimals = new(StringComparer.Ordinal) { ["point"] = false, ["comma"] = true };

    private static readonly Dictionary<string, bool> StrayDelimiters = new(StringComparer.Ordinal) { ["reject"] = false, ["join"] = true };

    /// <summary>Reads a feed's source.</summary>
    public static FeedSource Read(DefinitionMap map)
    {
        var files = map.Texts("files");
        foreach (var address in files.Where(file => FileAddress.IsAddress(file.Text)))
        {
            if (FileAddress.FaultOf(address.Text) is { } fault)
            {
                address.Fault(fault);
            }
        }

        var postgres = ReadPostgres(map);
        if (files.Count == 0 && postgres is null)
        {
            map.Fault("files", "\"files\" is missing: name the files that the feed reads, such as data/orders/*.csv.");
        }

        if (postgres is not null && map.Has("fill_down"))
        {
            map.Fault("fill_down", "\"fill_down\" is about rows in the order of a file; those of a database have none.");
        }

        return ReadFiles(map, files) with
        {
            Postgres = postgres,
            DecimalComma = map.Choice("decimal", Decimals) ?? false,
            TimeZone = ReadZone(map.TextValue("time_zone"))?.Text,
        };
    }

    /// <summary>Files and how they are written, as a feed's source and a lookup say it alike.</summary>
    public static FeedSource ReadFiles(DefinitionMap map, IReadOnlyList<DefinitionText> files)
    {
        var hasBlankRuns = map.Text("delimiter") == "blanks";
        var delimiter = hasBlankRuns ? null : ReadDelimiter(map.TextValue("delimiter"));
        var quote = ReadSign(map.TextValue("quote")) ?? '"';
        if (delimiter?.Contains(quote, StringComparison.Ordinal) == true)
        {
            map.Fault("quote", "The quote is the delimiter, or a part of it.");
        }

        var escape = map.TextValue("escape");
        if (escape is { Text.Length: 1 } && (delimiter?.Contains(escape.Text[0], StringComparison.Ordinal) == true || escape.Text[0] == quote))
        {
            escape.Fault("The escape is the delimiter or the quote. (A quote that is doubled needs no escape.)");
        }

        var part = new SourcePart(
            map.Text("sheet"), map.Whole("header_row", 1, 1_048_576), map.Text("path"), map.Text("table"), map.Text("query"));
        if (part is { Table: not null, Query: not null })
        {
            map.Fault("query", "A database is read by a table or by a query, not by both.");
        }

        return new FeedSource(
            [.. files.Select(file => file.Text)],
            map.Choice<FileFormat>("format", Formats),
            part,
            null,
            delimiter,
            quote,
            ReadEncoding(map.TextValue("encoding")),
            [.. map.Texts("null").Select(text => text.Text)],
            false,
            null)
        {
            Header = ReadHeader(map),
            HasBlankRuns = hasBlankRuns,
            Each = map.Text("each"),
            Comment = ReadSign(map.TextValue("comment")),
            Escape = ReadSign(escape),
            FillDown = [.. map.Texts("fill_down").Select(column => column.Text).Distinct(StringComparer.Ordinal)],
            JoinsStrayDelimiters = map.Choice("stray_delimiters", StrayDelimiters) ?? false,
        };
    }

    private static string[]? ReadHeader(DefinitionMap map)
    {
        var names = map.Texts("header");
        foreach (var name in names.Where((name, place) => names.Take(place).Any(other => other.Text == name.Text)))
        {
            name.Fault($"There are two columns \"{name}\".");
        }

        return names.Count == 0 ? null : [.. names.Select(name => name.Text)];
    }

    private static PostgresSource? ReadPostgres(DefinitionMap map)
    {
        var watermark = map.Text("watermark");
        if (map.TextValue("postgres") is not { } connection)
        {
            if (watermark is not null)
            {
                map.Fault("watermark", "A watermark is a column of a PostgreSQL database: \"postgres\" is missing.");
            }

            return null;
        }

        if (map.Text("table") is null && map.Text("query") is null)
        {
            map.Fault("postgres", "Say by \"table\" or \"query\" what is read of the database.");
        }

        try
        {
            if (new NpgsqlConnectionStringBuilder(connection.Text).Password is { Length: > 0 })
            {
                connection.Fault("A password does not belong into a definition: set the environment variable PGPASSWORD, or keep a password file (~/.pgpass).");
            }
        }
        catch (ArgumentException wrong)
        {
            connection.Fault($"This is no connection string like Host=localhost;Database=shop;Username=reader: {wrong.Message}");
        }

        return new PostgresSource(connection.Text, watermark);
    }

    /// <summary>What separates fields; null where nothing is said.</summary>
    private static string? ReadDelimiter(DefinitionText? text)
    {
        if (text?.Text is not { Length: > 1 and <= LongestDelimiter } signs || signs == "tab")
        {
            return ReadSign(text)?.ToString();
        }

        if (signs.Any(sign => !char.IsAscii(sign) || char.IsAsciiLetterOrDigit(sign) || sign is '\n' or '\r' or '\0' or '"') || string.IsNullOrWhiteSpace(signs))
        {
            text.Fault($"A delimiter is up to {LongestDelimiter} ASCII characters, of several none a letter, digit or quote, not \"{text}\".");
        }

        return signs;
    }

    private static char? ReadSign(DefinitionText? text)
    {
        switch (text?.Text)
        {
            case null:
                return null;
            case "tab":
                return '\t';
            case { Length: 1 } sign when char.IsAscii(sign[0]) && sign[0] is not ('\n' or '\r' or '\0'):
                return sign[0];
            default:
                text.Fault($"This is one ASCII character (or tab, or as a delimiter blanks), not \"{text}\".");
                return null;
        }
    }

    private static Encoding ReadEncoding(DefinitionText? text)
    {
        if (text is null)
        {
            return Encoding.UTF8;
        }

        try
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding(text.Text, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            text.Fault($"There is no encoding \"{text}\". {NearNames.Hint(text.Text, Encoding.GetEncodings().Select(known => known.Name), "encodings")}");
            return Encoding.UTF8;
        }
    }

    /// <summary>A time zone; one that is not known is at fault.</summary>
    public static DefinitionText? ReadZone(DefinitionText? text)
    {
        if (text is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(text.Text, out _))
        {
            text.Fault($"There is no time zone \"{text}\". {NearNames.Hint(text.Text, TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id), "time zones")}");
        }

        return text;
    }
}
