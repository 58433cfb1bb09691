using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Destinations;

/// <summary>Where lists are sent: <c>destinations/NAME.yaml</c>.</summary>
/// <param name="Name">By which commands know it.</param>
/// <param name="Channel">The channel that it serves: of segments only those are sent who allow it now; null where it gets no contact details.</param>
/// <param name="IsWhole">Whether each export is the whole list; else it is what changed since the last.</param>
/// <param name="Columns">What is sent of each customer, in this order.</param>
/// <param name="Route">How it gets there.</param>
/// <param name="Text">The definition as it was read.</param>
/// <param name="Hash">SHA-256 of the definition.</param>
public sealed record Destination(
    string Name, string? Channel, bool IsWhole, IReadOnlyList<ExportColumn> Columns, Route Route, string Text, string Hash)
{
    /// <summary>The folder of a workspace that holds its destinations.</summary>
    public const string Folder = "destinations";

    /// <summary>The destination of a name.</summary>
    /// <exception cref="WrongCommandException">There is none.</exception>
    /// <exception cref="DefinitionException">It is at fault.</exception>
    public static Destination Find(Workspace workspace, string name)
    {
        var paths = workspace.DefinitionsIn(Folder).ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);
        return paths.TryGetValue(name, out var path)
            ? Load(workspace, path)
            : throw new WrongCommandException($"There is no destination \"{name}\" in {Folder}/. {NearNames.Hint(name, paths.Keys, "destinations")}");
    }

    /// <summary>Every destination of a workspace, by their names.</summary>
    /// <exception cref="DefinitionException">One is at fault.</exception>
    public static IReadOnlyList<Destination> ReadAll(Workspace workspace) => [.. workspace.DefinitionsIn(Folder).Select(path => Load(workspace, path))];

    private static Destination Load(Workspace workspace, string path)
    {
        try
        {
            return DestinationReader.Read(File.ReadAllText(path), workspace.NameOf(path), Path.GetFileNameWithoutExtension(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{workspace.NameOf(path)} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Whether it gets what reaches or names a person.</summary>
    public bool HasContactDetails => Columns.Any(column => column.Field.IsContactDetail);
}

/// <summary>A column as the destination knows it, and the field that fills it.</summary>
public sealed record ExportColumn(string Name, ExportField Field);

/// <summary>How a list gets to its destination.</summary>
public abstract record Route
{
    /// <summary>Where it leads, for people.</summary>
    public string Words => this switch
    {
        FileRoute file => file.Path,
        FolderRoute folder => $"{folder.Path}/",
        PostgresRoute table => $"PostgreSQL, {table.Schema}.{table.Table}",
        WebhookRoute webhook => webhook.Address.GetLeftPart(UriPartial.Path),
        _ => GetType().Name,
    };
}

/// <summary>A file that each export writes anew.</summary>
/// <param name="Path">Relative to the workspace; {list} and {date} in it stand for the list and the day of the export.</param>
public sealed record FileRoute(string Path, FileFormat Format) : Route;

/// <summary>A folder that a program watches: each export is a file of its own there, which appears whole.</summary>
public sealed record FolderRoute(string Path, FileFormat Format) : Route;

/// <summary>A table of a PostgreSQL database.</summary>
/// <param name="Connection">How it is reached, without a password: that comes from PGPASSWORD or a password file.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Table">Its name; it is made where it is missing.</param>
public sealed record PostgresRoute(string Connection, string Schema, string Table) : Route;

/// <summary>A program that takes batches over HTTP.</summary>
/// <param name="Address">Where.</param>
/// <param name="SecretVariable">The environment variable that holds the secret by which batches are signed.</param>
/// <param name="BatchRows">Customers in a batch.</param>
/// <param name="Attempts">How often a batch is tried.</param>
/// <param name="FirstPause">Between the first two attempts; each further pause is twice as long, at most five minutes.</param>
/// <param name="Timeout">How long an answer is waited for.</param>
public sealed record WebhookRoute(Uri Address, string SecretVariable, int BatchRows, int Attempts, TimeSpan FirstPause, TimeSpan Timeout) : Route;

/// <summary>How a file is written.</summary>
public enum FileFormat
{
    /// <summary>Separated by commas, UTF-8, with a header.</summary>
    Csv,

    /// <summary>A JSON object on each line.</summary>
    JsonLines,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>A workbook of Office Open XML with one sheet.</summary>
    Xlsx,
}
