using System.Security.Cryptography;
using Warehouse.SampleData.Tests.Files;
using Warehouse.Testing;

namespace Warehouse.SampleData.Tests;

/// <summary>What is in the repository is what the generator writes.</summary>
public sealed class CommittedDataTests
{
    private static readonly SampleFolder s_committed = SampleFolder.Committed;

    [Fact]
    public async Task CommittedFiles_AreWhatTheGeneratorWrites()
    {
        using var folder = new FreshFolder();
        var anew = new SampleFolder(folder.Path);
        await RetailGenerator.GenerateAsync(new RetailOptions(), anew.Data, anew.Truth);

        foreach (var (committed, generated) in new[] { (s_committed.Data, anew.Data), (s_committed.Truth, anew.Truth) })
        {
            var files = Files(generated);
            Assert.Equal(files, Files(committed));
            foreach (var file in files)
            {
                AssertSame(Path.Combine(committed, file), Path.Combine(generated, file));
            }
        }
    }

    [Fact]
    public void Sizes_AreWithinTheRepositorysLimits()
    {
        Assert.InRange(Bytes(s_committed.Data), 1, 15_000_000);
        Assert.InRange(Bytes(s_committed.Data) + Bytes(s_committed.Truth), 1, 20_000_000);
    }

    /// <summary>Compression differs between versions of zlib, so text is compared unpacked and Parquet by its rows.</summary>
    private static void AssertSame(string committed, string generated)
    {
        var hasSameContent = generated.EndsWith(".parquet", StringComparison.Ordinal)
            ? s_committed.Rows($"""
                SELECT 1 FROM (SELECT md5(string_agg(md5(t::VARCHAR), '' ORDER BY file_row_number)) AS hash FROM read_parquet('{committed}', file_row_number = true) t)
                JOIN (SELECT md5(string_agg(md5(t::VARCHAR), '' ORDER BY file_row_number)) AS hash FROM read_parquet('{generated}', file_row_number = true) t) USING (hash)
                """).Count == 1
            : SHA256.HashData(RawFile.Bytes(committed)).AsSpan().SequenceEqual(SHA256.HashData(RawFile.Bytes(generated)));
        Assert.True(hasSameContent, $"{committed} is not what the generator writes: dotnet run sample-data/regenerate.cs");
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal)];

    private static long Bytes(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);
}
