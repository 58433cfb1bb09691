namespace Warehouse.Etl.Feeds;

/// <summary>How a file is written.</summary>
public enum FileFormat
{
    /// <summary>Delimited text, plain or compressed (.gz).</summary>
    Csv,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>JSON: an array of objects, or an object that holds one.</summary>
    Json,

    /// <summary>JSON Lines: an object on each line.</summary>
    JsonLines,

    /// <summary>A workbook of Excel (.xlsx).</summary>
    Excel,

    /// <summary>A database file of DuckDB.</summary>
    DuckDb,
}

/// <summary>The files of a feed and how they are written.</summary>
/// <param name="Files">Paths or patterns (* and **), relative to the workspace.</param>
/// <param name="Format">The format; null leaves it to each file's ending.</param>
/// <param name="Part">What of a file is read, where it holds more than one table.</param>
/// <param name="Postgres">The PostgreSQL database that is read instead of files; null for none.</param>
/// <param name="Delimiter">What separates the fields of delimited text; null leaves it to each file's ending: a tab for .tsv, else a comma.</param>
/// <param name="Quote">What encloses a field that holds delimiters or line ends; doubled, it stands for itself.</param>
/// <param name="Encoding">The characters' encoding of delimited text.</param>
/// <param name="Nulls">The texts that mean « no value », beside the empty one; letter case does not count.</param>
/// <param name="DecimalComma">Whether decimals are written with a comma (and thousands with a point).</param>
/// <param name="TimeZone">The zone of instants that do not name their own; null stands for the workspace's.</param>
public sealed record FeedSource(
    IReadOnlyList<string> Files,
    FileFormat? Format,
    SourcePart Part,
    PostgresSource? Postgres,
    string? Delimiter,
    char Quote,
    System.Text.Encoding Encoding,
    IReadOnlyList<string> Nulls,
    bool DecimalComma,
    string? TimeZone)
{
    /// <summary>The names of the columns of delimited text that has no header, or instead of those that it has; null where a record of it names them.</summary>
    public IReadOnlyList<string>? Header { get; init; }

    /// <summary>With what lines of delimited text begin that are no records; null for nothing.</summary>
    public char? Comment { get; init; }

    /// <summary>What stands in delimited text before a character that means nothing but itself, such as a backslash; null for nothing.</summary>
    public char? Escape { get; init; }

    /// <summary>Whether, in a record of delimited text that has too many fields, a delimiter before a blank belongs to the text, where that leaves as many fields as there are columns.</summary>
    public bool JoinsStrayDelimiters { get; init; }

    /// <summary>The columns that only the first row of a group tells; the first of them names the group. None where each row tells all.</summary>
    public IReadOnlyList<string> FillDown { get; init; } = [];

    /// <summary>The array within each JSON object whose elements are the rows, the object's own values beside each; null where the object is the row.</summary>
    public string? Each { get; init; }

    /// <summary>Whether runs of blanks separate the fields of delimited text, those around a line counting for nothing.</summary>
    public bool HasBlankRuns { get; init; }
}
