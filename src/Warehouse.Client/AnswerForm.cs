namespace Warehouse.Client;

/// <summary>A form in which a table is sent as bytes.</summary>
public enum AnswerForm
{
    /// <summary>Comma-separated values by RFC 4180, in UTF-8, with a header.</summary>
    Csv,

    /// <summary>A JSON object a line for each row.</summary>
    Ndjson,

    /// <summary>An Arrow IPC stream.</summary>
    Arrow,

    /// <summary>An Apache Parquet file.</summary>
    Parquet,

    /// <summary>A workbook of spreadsheets, Office Open XML.</summary>
    Xlsx,
}
