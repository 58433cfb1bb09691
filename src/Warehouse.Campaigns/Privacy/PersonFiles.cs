using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Warehouse.DuckDb;
using Warehouse.Store;

namespace Warehouse.Campaigns.Privacy;

/// <summary>Takes a person's texts out of the files of a workspace, and looks for what is left of them.</summary>
internal sealed partial class PersonFiles(Workspace workspace, PersonTokens tokens)
{
    private static readonly string[] ParquetEndings = [".parquet"];
    private static readonly string[] WorkbookEndings = [".xlsx", ".xlsm"];
    private static readonly string[] ArchiveEndings = [".xlsx", ".xlsm", ".xls", ".zip"];

    private readonly PersonDatabases _databases = new(workspace, tokens);

    /// <summary>Rewrites the files that tell of him.</summary>
    /// <param name="lines">The lines, from 1, that are known to be his, by the file's name in the workspace.</param>
    /// <param name="profiles">The files that describe customers: of them a line of his goes as a whole, whatever it says.</param>
    /// <param name="cancellationToken">Stops the work between two files.</param>
    public async Task<IReadOnlyList<ErasedPlace>> EraseAsync(
        ILookup<string, long> lines, IReadOnlyCollection<string> profiles, CancellationToken cancellationToken)
    {
        var places = new List<ErasedPlace>();
        ClearKeptAnswers();
        foreach (var path in Files())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = workspace.NameOf(path);
            var rows = Is(path, ParquetEndings) ? await EraseParquetAsync(path, profiles.Contains(name), cancellationToken)
                : Is(path, WorkbookEndings) ? EraseWorkbook(path, lines[name].ToHashSet(), profiles.Contains(name))
                : Is(path, ArchiveEndings) ? 0
                : PersonDatabases.IsOne(path) ? await EraseOlderAsync(path, cancellationToken)
                : EraseText(path, lines[name].ToHashSet(), profiles.Contains(name));
            if (rows > 0)
            {
                places.Add(new ErasedPlace(name, rows));
            }
        }

        return places;
    }

    /// <summary>The files in which a telling text still stands, the database's own among them.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var path in Files().Append(workspace.DatabasePath).Append(workspace.DatabasePath + ".wal").Where(File.Exists))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var trace = Is(path, ParquetEndings) ? await RowsOfParquetAsync(path, cancellationToken) > 0 ? "" : null
                : Is(path, ArchiveEndings) ? await TraceOfArchiveAsync(path, cancellationToken)
                : _databases.IsOwn(path) ? HoldsBytes(path) ? "" : null
                : PersonDatabases.IsOne(path) ? await _databases.HoldsAsync(path, cancellationToken) ? " (a database: delete it)" : null
                : tokens.TellingPattern!.IsMatch(Read(path)) ? "" : null;
            if (trace is not null)
            {
                found.Add(workspace.NameOf(path) + trace);
            }
        }

        return found;
    }

    /// <summary>They are packed, nobody sees of whom they tell, and they are kept for a day only: all of them go.</summary>
    private void ClearKeptAnswers()
    {
        var folder = new DirectoryInfo(workspace.PathOf(Workspace.KeptAnswersFolder));
        foreach (var answer in folder.Exists ? folder.GetFiles().Where(file => file.Name[0] != '.') : [])
        {
            answer.Delete();
        }
    }

    private IEnumerable<string> Files() => tokens.TellingPattern is null
        ? []
        : Directory.EnumerateFiles(workspace.Folder, "*", SearchOption.AllDirectories)
            .Where(path => !_databases.IsOwn(path) && Path.GetFileName(path) != AuditLog.ChainFile && !path.Contains($"{Path.DirectorySeparatorChar}.git{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static bool Is(string path, string[] endings) => endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Every byte is a letter of Latin-1, so that what is not touched stays as it is in whatever encoding.</summary>
    private static string Read(string path)
    {
        using var file = File.OpenRead(path);
        using var bytes = new MemoryStream();
        if (Is(path, [".gz"]))
        {
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            unpacked.CopyTo(bytes);
        }
        else
        {
            file.CopyTo(bytes);
        }

        return Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private long EraseText(string path, HashSet<long> own, bool isProfile)
    {
        var text = Read(path);
        if (own.Count == 0 && !tokens.TellingPattern!.IsMatch(text))
        {
            return 0;
        }

        if (Disclosure.IsOne(text) && tokens.TellingPattern!.IsMatch(text))
        {
            File.Delete(path);
            return text.AsSpan().Count('\n');
        }

        var changed = 0L;
        var kept = new StringBuilder(text.Length);
        var number = 0L;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var newline ? newline + 1 : text.Length;
            var line = text[start..end];
            if (own.Contains(++number) || tokens.TellingPattern!.IsMatch(line))
            {
                var erased = isProfile ? Said().Replace(line, "") : tokens.AnyPattern!.Replace(line, "");
                changed += erased == line ? 0 : 1;
                line = erased;
            }

            kept.Append(line);
            start = end;
        }

        if (changed > 0)
        {
            Replace(path, unfinished =>
            {
                using var file = File.Create(unfinished);
                using var target = Is(path, [".gz"]) ? (Stream)new GZipStream(file, CompressionLevel.Optimal) : file;
                target.Write(Encoding.Latin1.GetBytes(kept.ToString()));
            });
        }

        return changed;
    }

    private async Task<long> EraseParquetAsync(string path, bool isProfile, CancellationToken cancellationToken)
    {
        var rows = await RowsOfParquetAsync(path, cancellationToken);
        if (rows == 0)
        {
            return 0;
        }

        await using var connection = await MemoryAsync(cancellationToken);
        var quoted = new DuckDBCommandBuilder();
        var texts = await TextsAsync(connection, path, cancellationToken);
        var unfinished = path + ".erased";
        var any = isProfile ? "" : $"(^|[^\\pL\\pN])({string.Join('|', tokens.Telling.Concat(tokens.Others).Select(SqlText))})([^\\pL\\pN]|$)";
        var his = string.Join(" OR ", texts.Select(name => $"coalesce(regexp_matches({quoted.QuoteIdentifier(name)}, $telling, 'i'), false)"));
        await connection.ExecuteAsync(
            $"COPY (SELECT * REPLACE ({string.Join(", ", texts.Select(name => $"CASE WHEN ({his}) AND regexp_matches({quoted.QuoteIdentifier(name)}, $any, 'i') THEN NULL ELSE {quoted.QuoteIdentifier(name)} END AS {quoted.QuoteIdentifier(name)}"))}) FROM read_parquet($path)) TO $unfinished (FORMAT parquet, COMPRESSION zstd)",
            cancellationToken,
            ("telling", tokens.SqlPattern),
            ("any", any),
            ("path", path),
            ("unfinished", unfinished));
        File.Move(unfinished, path, overwrite: true);
        return rows;
    }

    private static string SqlText(string text) => string.Concat(text.Select(letter => char.IsLetterOrDigit(letter) ? letter.ToString() : FormattableString.Invariant($"\\x{{{(int)letter:x}}}")));

    private async Task<long> RowsOfParquetAsync(string path, CancellationToken cancellationToken)
    {
        await using var connection = await MemoryAsync(cancellationToken);
        var quoted = new DuckDBCommandBuilder();
        var texts = await TextsAsync(connection, path, cancellationToken);
        return texts.Count == 0
            ? 0
            : await connection.ScalarAsync<long>(
                $"SELECT count(*) FROM read_parquet($path) WHERE {string.Join(" OR ", texts.Select(name => $"regexp_matches({quoted.QuoteIdentifier(name)}, $telling, 'i')"))}",
                cancellationToken,
                ("path", path),
                ("telling", tokens.SqlPattern));
    }

    private static Task<List<string>> TextsAsync(DuckDBConnection connection, string path, CancellationToken cancellationToken) =>
        connection.RowsAsync(
            "SELECT column_name FROM (DESCRIBE FROM read_parquet($path)) WHERE column_type = 'VARCHAR'", row => row.GetString(0), cancellationToken, ("path", path));

    private static async Task<DuckDBConnection> MemoryAsync(CancellationToken cancellationToken)
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>An older database serves to go back to an older program, which would bring him back.</summary>
    private async Task<long> EraseOlderAsync(string path, CancellationToken cancellationToken)
    {
        if (!_databases.IsOlder(path) || !await _databases.HoldsAsync(path, cancellationToken))
        {
            return 0;
        }

        File.Delete(path);
        return 1;
    }

    /// <summary>A workbook that this program wrote can be made again; another one is written anew without him.</summary>
    private long EraseWorkbook(string path, HashSet<long> own, bool isProfile)
    {
        try
        {
            if (!workspace.NameOf(path).StartsWith("exports/", StringComparison.Ordinal))
            {
                return new PersonWorkbook(tokens).Erase(path, own, isProfile);
            }

            using var archive = ZipFile.OpenRead(path);
            if (!archive.Entries.Any(HoldsText))
            {
                return 0;
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException)
        {
            // It is left, and the search names it where it holds something of him.
            return 0;
        }

        File.Delete(path);
        return 1;
    }

    private async Task<string?> TraceOfArchiveAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".duckdb", StringComparison.Ordinal)))
            {
                if (await _databases.HoldsPackedAsync(entry, cancellationToken))
                {
                    return " (a backup: delete it, and make another with 'warehouse backup')";
                }
            }

            return archive.Entries.Any(HoldsText) ? "" : null;
        }
        catch (InvalidDataException)
        {
            return HoldsBytes(path) ? "" : null;
        }
    }

    private bool HoldsText(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open(), Encoding.Latin1);
        return tokens.TellingPattern!.IsMatch(reader.ReadToEnd());
    }

    /// <summary>In the pages of a database or an old workbook texts stand side by side: only long ones can be told from chance.</summary>
    private bool HoldsBytes(string path)
    {
        const int LeastLength = 8;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        var span = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        foreach (var token in tokens.Telling.Where(token => token.Length >= LeastLength))
        {
            if (span.IndexOf(Encoding.UTF8.GetBytes(token)) >= 0 || span.IndexOf(Encoding.Unicode.GetBytes(token)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All that stands between the signs that part fields.</summary>
    [GeneratedRegex("""[^,;\t|"{}\[\]:\r\n]+""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Said();

    private static void Replace(string path, Action<string> write)
    {
        var unfinished = path + ".erased";
        write(unfinished);
        File.Move(unfinished, path, overwrite: true);
    }
}
