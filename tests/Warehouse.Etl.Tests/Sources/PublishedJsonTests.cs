using System.Text;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Staging;
using Warehouse.Testing;

namespace Warehouse.Etl.Tests.Sources;

/// <summary>
/// What RFC 8259 accepts is a row, what it forbids a fault (of a document) or a reject (of a line): values as the y_, n_ and i_ cases
/// of JSONTestSuite have them, each as a value of an object and as a document of its own.
/// </summary>
public sealed class PublishedJsonTests : IDisposable
{
    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Accepted() => new()
    {
        { "y_array_arraysWithSpaces", "[[] ]" }, { "y_array_empty-string", "[\"\"]" }, { "y_array_ending_with_newline", "[\"x\"]\n" }, { "y_array_heterogeneous", "[null, 1, \"1\", {}]" },
        { "y_array_with_several_null", "[1,null,null,null,2]" }, { "y_number_0e+1", "[0e+1]" }, { "y_number_after_space", "[ 4]" }, { "y_number_double_close_to_zero", "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]" },
        { "y_number_minus_zero", "[-0]" }, { "y_number_real_capital_e_neg_exp", "[1E-2]" }, { "y_object_duplicated_key within an array", "[{\"a\":\"b\",\"a\":\"c\"}]" }, { "y_object_empty_key", "{\"\":0}" },
        { "y_object_escaped_null_in_key", "{\"foo\\u0000bar\": 42}" }, { "y_object_string_unicode", "{\"t\":\"\\u041f\\u043e\"}" }, { "y_string_accepted_surrogate_pair", "[\"\\uD801\\udc37\"]" }, { "y_string_allowed_escapes", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]" },
        { "y_string_backslash_doublequotes", "[\"\\\"\"]" }, { "y_string_comments", "[\"a/*b*/c/*d//e\"]" }, { "y_string_null_escape", "[\"\\u0000\"]" }, { "y_string_nonCharacterInUTF-8_U+FFFF", "[\"\uFFFF\"]" },
        { "y_string_u+2028_line_sep", "[\"\u2028\"]" }, { "y_string_unicode_U+FFFE_nonchar", "[\"\\uFFFE\"]" }, { "y_string_with_del_character", "[\"a\u007Fa\"]" }, { "y_structure_lonely_false", "false" },
        { "y_structure_lonely_string", "\"asd\"" }, { "y_structure_whitespace_array", " [] " }, { "i_number_double_huge_neg_exp", "[123.456e-789]" }, { "i_number_real_pos_overflow", "[123123e100000]" },
        { "i_number_very_big_negative_int", "[-237462374673276894279832749832423479823246327846]" }, { "i_structure_500_nested_arrays", new string('[', 500) + new string(']', 500) },
    };

    public static TheoryData<string, string> Forbidden() => new()
    {
        { "n_array_1_true_without_comma", "[1 true]" }, { "n_array_colon_instead_of_comma", "[\"\": 1]" }, { "n_array_comma_after_close", "[\"\"]," }, { "n_array_double_extra_comma", "[\"x\",,]" }, { "n_array_extra_close", "[\"x\"]]" },
        { "n_array_extra_comma", "[\"\",]" }, { "n_array_incomplete", "[\"x\"" }, { "n_array_just_comma", "[,]" }, { "n_array_unclosed_with_new_lines", "[1,\n1\n,1" }, { "n_incomplete_false", "[fals]" }, { "n_multidigit_number_then_00", "123\0" },
        { "n_number_++", "[++1234]" }, { "n_number_-01", "[-01]" }, { "n_number_-2.", "[-2.]" }, { "n_number_-NaN", "[-NaN]" }, { "n_number_.-1", "[.-1]" }, { "n_number_0.e1", "[0.e1]" }, { "n_number_0e", "[0e]" }, { "n_number_1eE2", "[1eE2]" },
        { "n_number_hex_1_digit", "[0x1]" }, { "n_number_Inf", "[Inf]" }, { "n_number_NaN", "[NaN]" }, { "n_number_starting_with_dot", "[.123]" }, { "n_number_U+FF11_fullwidth_digit_one", "[\uFF11]" }, { "n_number_with_leading_zero", "[012]" },
        { "n_object_bad_value", "[\"x\", truth]" }, { "n_object_comma_instead_of_colon", "{\"x\", null}" }, { "n_object_double_colon", "{\"x\"::\"b\"}" }, { "n_object_missing_value", "{\"a\":" }, { "n_object_no-colon", "{\"a\"" }, { "n_object_non_string_key", "{1:1}" },
        { "n_object_single_quote", "{'a':0}" }, { "n_object_trailing_comma", "{\"id\":0,}" }, { "n_object_trailing_comment", "{\"a\":\"b\"}/**/" }, { "n_object_two_commas_in_a_row", "{\"a\":\"b\",,\"c\":\"d\"}" }, { "n_object_unquoted_key", "{a: \"b\"}" },
        { "n_object_with_trailing_garbage", "{\"a\": true} \"x\"" }, { "n_single_space", " " }, { "n_string_1_surrogate_then_escape_u1x", "[\"\\uD800\\u1x\"]" }, { "n_string_escape_x", "[\"\\x00\"]" }, { "n_string_escaped_emoji", "[\"\\🌀\"]" },
        { "n_string_incomplete_escape", "[\"\\\"]" }, { "n_string_single_quote", "['x']" }, { "n_string_unescaped_ctrl_char", "[\"a\0a\"]" }, { "n_string_unescaped_newline", "[\"new\nline\"]" }, { "n_string_unescaped_tab", "[\"\t\"]" }, { "n_string_with_trailing_garbage", "\"\"x" },
        { "n_structure_angle_bracket_null", "[<null>]" }, { "n_structure_array_with_extra_array_close", "[1]]" }, { "n_structure_capitalized_True", "[True]" }, { "n_structure_close_unopened_array", "1]" }, { "n_structure_double_array", "[][]" }, { "n_structure_end_array", "]" },
        { "n_structure_no_data", "" }, { "n_structure_null-byte-outside-string", "[\0]" }, { "n_structure_object_with_comment", "{\"a\":/*comment*/\"b\"}" }, { "n_structure_open_object_close_array", "{]" }, { "n_structure_U+2060_word_joined", "[\u2060]" },
        { "n_structure_unclosed_array_partial_null", "[ false, nul" }, { "n_structure_whitespace_formfeed", "[\f]" }, { "n_structure_100000_opening_arrays", new string('[', 100_000) }, { "n_structure_open_array_object", string.Concat(Enumerable.Repeat("[{\"\":", 50_000)) },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task WhatTheStandardAccepts_IsARow(string evidence, string json)
    {
        Assert.Equal((evidence, 1, 0), await CountAsync(evidence, FileFormat.Json, $"[{{\"v\": {json}}}]"));
        Assert.Equal((evidence, 1, 0), await CountAsync(evidence, FileFormat.JsonLines, $"{{\"v\": {json.ReplaceLineEndings(" ")}}}\n"));
        if (await FaultOfAsync(json) is { } fault)
        {
            Assert.DoesNotContain("no JSON", fault, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task WhatTheStandardForbids_IsAFault_WithItsPlace(string evidence, string json)
    {
        foreach (var text in new[] { json, $"[{{\"v\": 1}}, {{\"v\": {json}}}]", $"{{\"rows\": [{{\"v\": 1}}], \"next\": {json}}}" })
        {
            Assert.Matches("no JSON that can be read: .* LineNumber: [0-9]+ . BytePositionInLine: [0-9]+. Nothing was loaded", await FaultOfAsync(text, text.StartsWith("{\"rows", StringComparison.Ordinal) ? "rows" : null));
        }

        if (!json.Contains('\n', StringComparison.Ordinal))
        {
            Assert.Equal((evidence, 1, 1), await CountAsync(evidence, FileFormat.JsonLines, $"{{\"v\": 1}}\n{{\"v\": {json}}}\n"));
        }
    }

    [Theory]
    [InlineData("y_object_duplicated_key", "{\"a\":1,\"b\":2,\"a\":3}")]
    [InlineData("y_object_duplicated_key_and_value", "{\"a\":1,\"a\":1}")]
    [InlineData("the same key by an escape", "{\"a\":1,\"\\u0061\":2}")]
    [InlineData("objects under the same key", "{\"a\":{\"x\":1},\"a\":{\"y\":2}}")]
    [InlineData("a value and an object under the same key", "{\"a\":1,\"a\":{\"x\":1}}")]
    [InlineData("a name with a point and a nested one", "{\"a.b\":1,\"a\":{\"b\":2}}")]
    [InlineData("i_string_1st_surrogate_but_2nd_missing", "{\"a\":\"\\uDADA\"}")]
    [InlineData("i_string_inverted_surrogates", "{\"a\":\"\\uDd1e\\uD834\"}")]
    [InlineData("i_object_key_lone_2nd_surrogate", "{\"\\uDFAA\":0}")]
    [InlineData("i_string_1st_surrogate within a nested name", "{\"a\":{\"\\uD800\":0}}")]
    public async Task WhatReadersDisagreeOn_IsRejected_AndTheOthersAreRead(string evidence, string json)
    {
        Assert.Equal((evidence, 1, 1), await CountAsync(evidence, FileFormat.Json, $"[{json}, {{\"c\": 1}}]"));
        Assert.Equal((evidence, 1, 1), await CountAsync(evidence, FileFormat.JsonLines, $"{json}\n{{\"c\": 1}}\n"));
    }

    [Theory]
    [InlineData("i_string_UTF-8_invalid_sequence", new byte[] { 0xE6, 0x97, 0xFA })]
    [InlineData("i_string_overlong_sequence_2_bytes", new byte[] { 0xC0, 0xAF })]
    [InlineData("i_string_UTF8_surrogate_U+D800", new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData("i_string_truncated-utf-8", new byte[] { 0xE0 })]
    [InlineData("i_string_iso_latin_1", new byte[] { 0xE9 })]
    public async Task BytesThatAreNoCharacters_RejectTheirRow(string evidence, byte[] wrong)
    {
        foreach (var (format, begin, end) in new[] { (FileFormat.Json, "[{\"a\": [\"", "\"]}, {\"a\": 1}]"), (FileFormat.Json, "[{\"a\": \"", "\"}, {\"a\": 1}]"), (FileFormat.JsonLines, "{\"a\": \"", "\"}\n{\"a\": \"\uFFFD\"}\n"), (FileFormat.JsonLines, "{\"", "\": 2}\n{\"a\": 1}\n") })
        {
            Assert.Equal((evidence, 1, 1), await CountAsync(evidence, format, [.. Encoding.UTF8.GetBytes(begin), .. wrong, .. Encoding.UTF8.GetBytes(end)]));
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task ByteOrderMark_TellsTheEncoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal((name, 2, 0), await CountAsync(name, FileFormat.Json, [.. encoding.GetPreamble(), .. encoding.GetBytes("[{\"漢\": \"𝄞\"}, {}]")]));
        Assert.Equal((name, 2, 0), await CountAsync(name, FileFormat.JsonLines, [.. encoding.GetPreamble(), .. encoding.GetBytes("{\"漢\": \"𝄞\"}\r\n{}\r\n")]));
    }

    [Theory]
    [InlineData("JSON Lines: blank lines and each line end", "{\"a\":1}\n\n  \r\n{\"a\":2}\r{\"a\":3}", 3, 0)]
    [InlineData("JSON Lines: any value is valid JSON, and no row", "[1]\n\"x\"\nnull\n{\"a\":1}\n", 1, 3)]
    [InlineData("JSON Lines: two values on a line", "{\"a\":1}{\"a\":2}\n{\"a\":3}\n", 1, 1)]
    [InlineData("JSON Lines: the last line is cut off", "{\"a\":1}\n{\"a\":", 1, 1)]
    public async Task Lines_AreReadEachByItself(string evidence, string text, int rows, int broken) =>
        Assert.Equal((evidence, rows, broken), await CountAsync(evidence, FileFormat.JsonLines, text));

    [Fact]
    public async Task ArrayThatTheFileSaysTwice_IsAFault_NotLost()
    {
        Assert.Contains("twice what \"data.rows\" is", await FaultOfAsync("{\"data\": {\"rows\": [{\"a\":1}], \"rows\": [{\"a\":2}]}}", "data.rows"), StringComparison.Ordinal);
        Assert.Contains("twice what \"data\" is", await FaultOfAsync("{\"data\": {\"rows\": [{\"a\":1}]}, \"x\": {\"data\": 1}, \"data\": {\"rows\": []}}", "data.rows"), StringComparison.Ordinal);
        Assert.Null(await FaultOfAsync("{\"x\": {\"data\": []}, \"data\": {\"rows\": [{\"rows\":[], \"data\":1}]}, \"rows\": {\"rows\": [], \"data\": 1}}", "data.rows"));
        Assert.Contains("Did you mean", await FaultOfAsync("{\"data\": {\"row\": [{\"a\":1}]}}", "data.rows"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesThatAreValues_AreAFault()
    {
        var text = "[" + string.Join(',', Enumerable.Range(0, JsonFields.MostNames + 1).Select(number => $"{{\"id{number}\": 1}}")) + "]";

        Assert.Contains("different names", await FaultOfAsync(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ArrayOfManyBuffers_IsReadWhole()
    {
        var rows = Enumerable.Range(0, 20_000).Select(number => $" {{ \"number\" : {number}, \"text\": \"é漢𝄞{new string('x', number % 97)}\" }} ");

        Assert.Equal(("many", 20_000, 0), await CountAsync("many", FileFormat.Json, $"[{string.Join(",\n", rows)}]"));
    }

    private static FeedSource Plain => new([], null, new SourcePart(null, null, null, null, null), null, null, '"', Encoding.UTF8, [], false, null);

    private Task<(string, int, int)> CountAsync(string evidence, FileFormat format, string text) => CountAsync(evidence, format, Encoding.UTF8.GetBytes(text));

    private async Task<(string Evidence, int Rows, int Broken)> CountAsync(string evidence, FileFormat format, byte[] bytes, string? path = null)
    {
        var source = Plain with { Part = Plain.Part with { Path = path } };
        await using var rows = await RowSources.OpenAsync(_folder.Write("text", bytes), "text", format, source, CancellationToken.None);
        var (read, broken) = (0, 0);
        foreach (var block in rows.Read(CancellationToken.None))
        {
            using (block)
            {
                read += block.Count;
                broken += block.Broken.Count;
            }
        }

        return (evidence, read, broken);
    }

    private async Task<string?> FaultOfAsync(string text, string? path = null)
    {
        try
        {
            await CountAsync("", FileFormat.Json, Encoding.UTF8.GetBytes(text), path);
            return null;
        }
        catch (UserFaultException fault)
        {
            return fault.Message;
        }
    }
}
