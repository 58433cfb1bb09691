using System.IO.Compression;
using System.Text;

namespace Warehouse.SampleData.Tests.Files;

/// <summary>A record of a text file as a reader of RFC 4180 sees it.</summary>
/// <param name="Line">On which it begins, 1 for the first of the file.</param>
public sealed record RawRecord(long Line, string Text, IReadOnlyList<string> Fields);

/// <summary>Reads the generator's files by code that shares nothing with the generator's.</summary>
public static class RawFile
{
    public static byte[] Bytes(string path)
    {
        using var file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : (Stream)file;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>All records, the header first; empty lines are left out.</summary>
    public static IReadOnlyList<RawRecord> Records(string path)
    {
        var text = Encoding.UTF8.GetString(Bytes(path)).TrimStart('\uFEFF');
        var records = new List<RawRecord>();
        var fields = new List<string>();
        var field = new StringBuilder();
        var (line, recordLine, start, quoted) = (1L, 1L, 0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    line += c == '\n' ? 1 : 0;
                    field.Append(c);
                }

                continue;
            }

            switch (c)
            {
                case '"':
                    quoted = true;
                    break;
                case ',':
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                case '\r':
                    break;
                case '\n':
                    fields.Add(field.ToString());
                    field.Clear();
                    line++;
                    if (fields.Count > 1 || fields[0].Length > 0)
                    {
                        records.Add(new RawRecord(recordLine, text[start..i].TrimEnd('\r'), [.. fields]));
                    }

                    fields.Clear();
                    recordLine = line;
                    start = i + 1;
                    break;
                default:
                    field.Append(c);
                    break;
            }
        }

        return records;
    }
}
