using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Store.Tests.Workspaces;

public sealed class WorkspaceTests : IDisposable
{
    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FolderThatIsNotThere_IsAUserFaultThatNamesIt()
    {
        var missing = Path.Combine(_folder.Path, "nowhere");
        var fault = Assert.Throws<UserFaultException>(() => Workspace.Open(missing));
        Assert.Contains($"There is no folder {missing}", fault.Message);
        Assert.Contains("warehouse init", fault.Message);
    }

    [Fact]
    public void FolderWithoutADefinition_IsAUserFault() =>
        Assert.Contains("it has no warehouse.yaml", Assert.Throws<UserFaultException>(() => Workspace.Open(_folder.Path)).Message);

    [Fact]
    public void Find_GoesUpToTheNearestWorkspace()
    {
        _folder.Write(Workspace.FileName, "name: outer\ncurrency: GBP\n");
        _folder.Write("inner/warehouse.yaml", "name: inner\ncurrency: GBP\n");
        var deep = Directory.CreateDirectory(Path.Combine(_folder.Path, "inner", "data", "orders")).FullName;
        Assert.Equal("inner", Workspace.Find(deep).Definition.Name);
        Assert.Equal("outer", Workspace.Find(_folder.Path).Definition.Name);
    }

    [Theory]
    [InlineData("name: x\ncurrency: GBP\ntime_zone: Europe/Londn\n", "warehouse.yaml:3:12:", "Europe/London")]
    [InlineData("name: x\ncurrency: pounds\n", "warehouse.yaml:2:11:", "three-letter ISO 4217 code")]
    [InlineData("name: x\n", "warehouse.yaml:1:1:", "\"currency\" is missing")]
    [InlineData("name: x\ncurrency: GBP\ncalendar: {from: 2024-13-01}\n", "warehouse.yaml:3:18:", "\"2024-13-01\" is no date")]
    [InlineData("name: x\ncurrency: GBP\ncalendar: {from: 2024-01-01, to: 2023-01-01}\n", "warehouse.yaml:3:34:", "before it begins")]
    [InlineData("name: x\ncurrency: GBP\ncalendar: {fiscal_year_starts: 13}\n", "warehouse.yaml:3:32:", "from 1 to 12")]
    [InlineData("name: x\ncurrency: GBP\ncalendar: {holidays: none.csv}\n", "warehouse.yaml:3:22:", "There is no file none.csv")]
    [InlineData("name: x\ncurrency: GBP\ncalendar:\n  holidays:\n    2024-02-30: never\n", "warehouse.yaml:5:5:", "\"2024-02-30\" is no date")]
    [InlineData("name: x\ncurrency: GBP\nlimits: {threads: 0}\n", "warehouse.yaml:3:19:", "from 1 to 1024")]
    [InlineData("name: x\ncurrency: GBP\nlimits: {memory: plenty}\n", "warehouse.yaml:3:18:", "a size like 8GB")]
    [InlineData("name: x\ncurrency: GBP\nlimits: {memory: 200MB}\n", "warehouse.yaml:3:18:", "give it 360MB or more")]
    [InlineData("name: x\ncurrency: GBP\ndatabse: w.duckdb\n", "warehouse.yaml:3:1:", "database")]
    [InlineData("name: [x\n", "warehouse.yaml:", "")]
    public void FaultInTheDefinition_IsNamedWithItsPlace(string definition, string place, string words)
    {
        _folder.Write(Workspace.FileName, definition);
        var fault = Assert.Throws<DefinitionException>(() => Workspace.Open(_folder.Path));
        Assert.StartsWith(place, fault.Faults[0].ToString());
        Assert.Contains(words, fault.Message);
    }

    [Fact]
    public void SeveralFaults_AreListedTogether()
    {
        _folder.Write(Workspace.FileName, "name: x\ncurrency: gbp\ntime_zone: Nowhere\nlimits: {threads: many}\n");
        Assert.Equal([2, 3, 4], Assert.Throws<DefinitionException>(() => Workspace.Open(_folder.Path)).Faults.Select(fault => fault.Line));
    }

    [Fact]
    public void HolidayFile_WithALineThatIsNone_IsAFaultThatNamesTheLine()
    {
        _folder.Write("holidays.csv", "date,name\n2024-12-25,Christmas Day\n26 December,Boxing Day\n");
        _folder.Write(Workspace.FileName, "name: x\ncurrency: GBP\ncalendar: {holidays: holidays.csv}\n");
        Assert.Contains("Line 3 of holidays.csv is \"26 December,Boxing Day\"", Assert.Throws<DefinitionException>(() => Workspace.Open(_folder.Path)).Message);
    }

    [Fact]
    public void PathOf_IsBelowTheFolderUnlessItIsWholeOrGoesUp()
    {
        var workspace = Open();
        Assert.Equal(Path.Combine(_folder.Path, "data", "a.csv"), workspace.PathOf("data/a.csv"));
        Assert.Equal(Path.GetFullPath("/elsewhere/a.csv"), workspace.PathOf("/elsewhere/a.csv"));
        Assert.Equal(Path.GetFullPath(Path.Combine(_folder.Path, "..", "a.csv")), workspace.PathOf("../a.csv"));
        Assert.Equal(_folder.Path, workspace.PathOf("data/.."));
    }

    [Fact]
    public void NameOf_IsRelativeWithinTheFolder()
    {
        var workspace = Open();
        Assert.Equal("data/a.csv", workspace.NameOf(Path.Combine(_folder.Path, "data", "a.csv")));
        Assert.Equal("..a.csv", workspace.NameOf(Path.Combine(_folder.Path, "..a.csv")));
        var outside = Path.GetFullPath(Path.Combine(_folder.Path, "..", "a.csv"));
        Assert.Equal(outside, workspace.NameOf(outside));
    }

    [Fact]
    public void DefinitionsIn_AreInOrderAndNoneWithoutAFolder()
    {
        _folder.Write("feeds/b.yaml", "");
        _folder.Write("feeds/a.yaml", "");
        _folder.Write("feeds/deep/c.yaml", "");
        _folder.Write("feeds/notes.txt", "");
        var workspace = Open();
        Assert.Equal(["feeds/a.yaml", "feeds/b.yaml", "feeds/deep/c.yaml"], workspace.DefinitionsIn("feeds").Select(workspace.NameOf));
        Assert.Empty(workspace.DefinitionsIn("cubes"));
    }

    private Workspace Open()
    {
        _folder.Write(Workspace.FileName, "name: test\ncurrency: GBP\n");
        return Workspace.Open(_folder.Path);
    }
}
