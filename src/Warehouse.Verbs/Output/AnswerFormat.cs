namespace Warehouse.Verbs.Output;

/// <summary>How an answer is written.</summary>
internal enum AnswerFormat
{
    /// <summary>For people, at a terminal.</summary>
    Table,

    /// <summary>One JSON object.</summary>
    Json,

    /// <summary>A JSON object a line for each row.</summary>
    Ndjson,

    /// <summary>Comma-separated values by RFC 4180, in UTF-8, with a header.</summary>
    Csv,

    /// <summary>An Arrow IPC stream.</summary>
    Arrow,

    /// <summary>An Apache Parquet file.</summary>
    Parquet,

    /// <summary>A workbook of spreadsheets, Office Open XML.</summary>
    Xlsx,

    /// <summary>Charts with their numbers in one HTML file.</summary>
    Html,

    /// <summary>One JSON object of what a page shows: values with the texts that people read, and charts as data.</summary>
    Display,
}
