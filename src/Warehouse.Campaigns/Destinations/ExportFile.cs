using System.Data.Common;
using System.Security.Cryptography;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Destinations;

/// <summary>Writes an export as a file that appears whole: under another name first, forced to the disk, then renamed.</summary>
internal static class ExportFile
{
    /// <returns>SHA-256 of the bytes, in hexadecimal.</returns>
    /// <exception cref="UserFaultException">It cannot be written.</exception>
    public static async Task<string> WriteAsync(
        DbConnection connection, ExportContent content, FileFormat format, string path, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        var unfinished = Path.Combine(folder, $".{Path.GetFileName(path)}.{content.ExportId[..8]}.part");
        try
        {
            Directory.CreateDirectory(folder);
            await FillAsync(connection, content, format, unfinished, cancellationToken);
            string hash;
            await using (var written = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
            {
                hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellationToken));
                written.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
            return hash;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            throw new UserFaultException($"{path} cannot be written: {fault.Message}", fault);
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }

    /// <summary>The usual ending of a format's files.</summary>
    public static string Ending(FileFormat format) => format switch
    {
        FileFormat.JsonLines => "jsonl",
        FileFormat.Parquet => "parquet",
        FileFormat.Xlsx => "xlsx",
        _ => "csv",
    };

    private static async Task FillAsync(
        DbConnection connection, ExportContent content, FileFormat format, string path, CancellationToken cancellationToken)
    {
        if (format == FileFormat.Xlsx)
        {
            await Workbook.WriteAsync(connection, content, path, cancellationToken);
            return;
        }

        var options = format switch
        {
            FileFormat.JsonLines => "FORMAT json",
            FileFormat.Parquet => "FORMAT parquet, COMPRESSION zstd",
            _ => "FORMAT csv, HEADER",
        };
        await connection.ExecuteAsync(
            $"COPY ({content.Select(isHarmless: format == FileFormat.Csv)}) TO $path ({options})",
            cancellationToken,
            ("export_key", content.ExportKey),
            ("path", path));
    }
}
