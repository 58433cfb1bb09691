namespace Warehouse.Definitions.Tests;

public class DefinitionFileTests
{
    [Fact]
    public void UnknownKey_IsFault_WithPlaceAndNearName()
    {
        var file = DefinitionFile.Parse("name: shop\nsuorce: x\n", "feeds/a.yaml");
        _ = file.Root.RequiredText("name");
        _ = file.Root.Text("source");

        var fault = Assert.Single(Assert.Throws<DefinitionException>(file.ThrowIfFaulty).Faults);

        Assert.Equal("feeds/a.yaml:2:1: \"suorce\" is not known in the file. Did you mean \"source\"?", fault.ToString());
    }

    [Fact]
    public void AllFaults_AreListedTogether_InTheOrderOfTheText()
    {
        var file = DefinitionFile.Parse("count: many\nflag: perhaps\nextra: 1\n", "a.yaml");
        _ = file.Root.Flag("flag");
        _ = file.Root.Whole("count", 1, 9);
        _ = file.Root.RequiredText("name");

        var faults = Assert.Throws<DefinitionException>(file.ThrowIfFaulty).Faults;

        Assert.Equal([1, 1, 2, 3], faults.Select(fault => fault.Line));
        Assert.Contains("\"count\" of the file is a whole number from 1 to 9, not \"many\".", faults.Select(fault => fault.Message));
        Assert.Contains("\"name\" is missing in the file.", faults.Select(fault => fault.Message));
        Assert.Contains("\"flag\" of the file is true or false, not \"perhaps\".", faults.Select(fault => fault.Message));
    }

    [Fact]
    public void BrokenYaml_IsFault_WithPlace()
    {
        var fault = Assert.Single(
            Assert.Throws<DefinitionException>(() => DefinitionFile.Parse("a: [1, 2\nb: 3\n", "a.yaml")).Faults);

        Assert.Equal("a.yaml", fault.File);
        Assert.InRange(fault.Line, 1, 3);
        Assert.Contains("not well-formed YAML", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: 1\na: 2\n", 2)]
    [InlineData("a: *nowhere\n", 1)]
    [InlineData("- a\n- b\n", 1)]
    [InlineData("a: 1\n---\nb: 2\n", 3)]
    [InlineData("a: \"open\n", 1)]
    public void UnreadableText_IsFault_WithPlace(string text, int line)
    {
        var fault = Assert.Single(Assert.Throws<DefinitionException>(() => DefinitionFile.Parse(text, "a.yaml")).Faults);

        Assert.Equal(line, fault.Line);
    }

    [Fact]
    public void DeepNesting_IsFault_NotACrash() =>
        Assert.Throws<DefinitionException>(
            () => DefinitionFile.Parse("a: " + new string('[', 100_000) + new string(']', 100_000), "a.yaml"));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a remark\n")]
    public void EmptyFile_ReadsAsEmptyMapping(string text)
    {
        var file = DefinitionFile.Parse(text, "a.yaml");

        Assert.Empty(file.Root.Keys);
        file.ThrowIfFaulty();
    }

    [Fact]
    public void UnknownKeyInNestedPart_IsFault()
    {
        var file = DefinitionFile.Parse("parts:\n  wheel:\n    colour: red\n    siez: 3\n", "a.yaml");
        var (name, part) = Assert.Single(file.Root.Named("parts"));
        _ = part.Text("colour");
        _ = part.Whole("size");

        var fault = Assert.Single(Assert.Throws<DefinitionException>(file.ThrowIfFaulty).Faults);

        Assert.Equal("wheel", name.Text);
        Assert.Equal((4, 5), (fault.Line, fault.Column));
    }

    [Fact]
    public void WrongKindOfValue_IsFault_AndReadingGoesOn()
    {
        var file = DefinitionFile.Parse("map: text\nlist: {a: 1}\ntext: [1]\n", "a.yaml");
        _ = file.Root.Map("map");
        _ = file.Root.Texts("list");
        _ = file.Root.Text("text");

        Assert.Equal([1, 2, 3], Assert.Throws<DefinitionException>(file.ThrowIfFaulty).Faults.Select(fault => fault.Line));
    }

    [Fact]
    public void NullValue_CountsAsAbsent_ButQuotedDoesNot()
    {
        var file = DefinitionFile.Parse("a:\nb: null\nc: ~\nd: \"null\"\ne: \"\"\n", "a.yaml");

        Assert.Null(file.Root.Text("a"));
        Assert.Null(file.Root.Text("b"));
        Assert.Null(file.Root.Text("c"));
        Assert.Equal("null", file.Root.Text("d"));
        Assert.Equal("", file.Root.Text("e"));
        file.ThrowIfFaulty();
    }
}
