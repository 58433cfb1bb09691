using Warehouse.Cubes.Rollups;

namespace Warehouse.Cubes.Tests.Rollups;

public sealed class QueryLogTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "w.queries.jsonl");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void WhatWasAdded_IsRead_AndWhatIsCutOffIsLeftOut()
    {
        var log = new QueryLog(_path);
        Assert.Empty(log.Read());
        log.Add(new AskedQuery("sales", ["date.month", "it is [\"not\"]\n"], ["lines"], 1.5));
        File.AppendAllText(_path, "{\"Cube\":\"sa\n{}\nnull\n");

        var one = Assert.Single(log.Read());

        Assert.Equal(("sales", "it is [\"not\"]\n", 1.5), (one.Cube, one.Members[1], one.Milliseconds));
    }

    [Fact]
    public void ItStaysShort_AndKeepsTheNewest()
    {
        var log = new QueryLog(_path);
        for (var number = 0; number < 30; number++)
        {
            log.Add(new AskedQuery("sales", [new string('x', 100_000)], ["lines"], number));
        }

        Assert.InRange(new FileInfo(_path).Length, 1, 1_200_000);
        Assert.Equal(29, log.Read()[^1].Milliseconds);
    }
}
