namespace Warehouse.Etl.Feeds;

/// <summary>How a file is written.</summary>
public enum FileFormat
{
    /// <summary>Delimited text, plain or compressed (.gz).</summary>
    Csv,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}

/// <summary>The files of a feed and how they are written.</summary>
/// <param name="Files">Paths or patterns (* and **), relative to the workspace.</param>
/// <param name="Format">The format; null leaves it to each file's ending.</param>
/// <param name="Delimiter">What separates the fields of delimited text.</param>
/// <param name="Quote">What encloses a field that holds delimiters or line ends; doubled, it stands for itself.</param>
/// <param name="Encoding">The characters' encoding of delimited text.</param>
/// <param name="Nulls">The texts that mean « no value », beside the empty one; letter case does not count.</param>
/// <param name="DecimalComma">Whether decimals are written with a comma (and thousands with a point).</param>
/// <param name="TimeZone">The zone of instants that do not name their own; null stands for the workspace's.</param>
public sealed record FeedSource(
    IReadOnlyList<string> Files,
    FileFormat? Format,
    char Delimiter,
    char Quote,
    System.Text.Encoding Encoding,
    IReadOnlyList<string> Nulls,
    bool DecimalComma,
    string? TimeZone);
