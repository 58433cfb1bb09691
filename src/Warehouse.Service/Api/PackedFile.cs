using System.IO.Compression;
using Warehouse.Definitions;

namespace Warehouse.Service.Api;

/// <summary>Refuses files that are small to send and boundless when they are unpacked.</summary>
internal static class PackedFile
{
    /// <summary>So many bytes any file may become.</summary>
    private const long Harmless = 64L * 1024 * 1024;

    /// <summary>Data that repeats itself packs to a hundredth; what packs to less than this was made to.</summary>
    private const long MostTimes = 250;

    /// <exception cref="WrongCommandException">It becomes too large, or cannot be unpacked.</exception>
    public static async Task RequireBoundedAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var most = Math.Max(Harmless, file.Length * MostTimes);
        var magic = new byte[4];
        var read = await file.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;
        try
        {
            if (read >= 2 && magic is [0x1F, 0x8B, ..])
            {
                await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
                await CountAsync(unpacked, 0, most, cancellationToken);
            }
            else if (magic is [(byte)'P', (byte)'K', 3, 4])
            {
                using var archive = new ZipArchive(file, ZipArchiveMode.Read);
                var bytes = 0L;
                foreach (var entry in archive.Entries)
                {
                    await using var unpacked = entry.Open();
                    bytes = await CountAsync(unpacked, bytes, most, cancellationToken);
                }
            }
        }
        catch (InvalidDataException fault)
        {
            throw new WrongCommandException($"{Path.GetFileName(path)} cannot be unpacked: {fault.Message}", fault);
        }
    }

    private static async Task<long> CountAsync(Stream unpacked, long before, long most, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var bytes = before;
        while (await unpacked.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            bytes += read;
            if (bytes > most)
            {
                throw new WrongCommandException(FormattableString.Invariant($"The file becomes more than {most:#,##0} bytes when it is unpacked, more than {MostTimes} times what was sent: it is not taken."));
            }
        }

        return bytes;
    }
}
