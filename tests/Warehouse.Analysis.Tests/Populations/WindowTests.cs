using Warehouse.Analysis.Populations;
using Warehouse.Definitions;

namespace Warehouse.Analysis.Tests.Populations;

public sealed class WindowTests
{
    private static readonly DateOnly AsOfDate = new(2011, 12, 9);

    [Theory]
    [InlineData("all", "0001-01-01")]
    [InlineData("1d", "2011-12-09")]
    [InlineData("90d", "2011-09-11")]
    [InlineData("12m", "2010-12-10")]
    [InlineData("1y", "2010-12-10")]
    [InlineData("9999y", "0001-01-01")]
    [InlineData("2011-01-01", "2011-01-01")]
    public void Text_IsRead_AndBeginsOn(string text, string first) =>
        Assert.Equal(DateOnly.Parse(first), Window.Parse(text).FirstDate(AsOfDate));

    [Theory]
    [InlineData("2024-02-29", "2023-03-01")]
    [InlineData("2024-03-31", "2023-04-01")]
    [InlineData("0001-12-31", "0001-01-01")]
    public void TwelveMonths_AreAWholeYear(string asOf, string first) =>
        Assert.Equal(DateOnly.Parse(first), Window.OfMonths(12).FirstDate(DateOnly.Parse(asOf)));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0d")]
    [InlineData("-1d")]
    [InlineData("12")]
    [InlineData("12w")]
    [InlineData("123456d")]
    [InlineData("2011-13-01")]
    public void TextThatIsNoWindow_IsRefused_WithTheForms(string text)
    {
        var fault = Assert.Throws<WrongCommandException>(() => Window.Parse(text));

        Assert.Equal(
            $"\"{text}\" is no window. Write \"all\", its first date (2011-01-01), or its length in days, months or years (90d, 12m, 2y).",
            fault.Message);
    }

    [Fact]
    public void WindowAfterTheAsOfDate_IsRefused()
    {
        var fault = Assert.Throws<WrongCommandException>(() => Window.Since(new DateOnly(2012, 1, 1)).FirstDate(AsOfDate));

        Assert.Equal("The window begins on 2012-01-01, after the as-of date 2011-12-09.", fault.Message);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("90d")]
    [InlineData("24m")]
    [InlineData("2011-01-01")]
    public void Window_IsWritten_AsItIsRead(string text) => Assert.Equal(text, Window.Parse(text).ToString());
}
