using System.Text;
using SocialRegistry.Exchange.Csv;
using Xunit;

namespace SocialRegistry.Exchange.Tests.Csv;

/// <summary>What people send as CSV, and what is made of it.</summary>
public sealed class CsvReaderTests
{
    public static TheoryData<string> Encodings => ["utf-8", "utf-8-bom", "utf-16", "utf-16BE", "utf-16-no-bom"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Text_is_read_in_every_encoding_a_spreadsheet_saves(string encoding)
    {
        const string text = "given_name,UIN\r\nЖанна,U001\r\nAmélie,U002\r\n";
        byte[] bytes = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8-bom" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            "utf-16-no-bom" => Encoding.Unicode.GetBytes(text),
            _ => [.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes(text)],
        };

        var rows = await ReadAsync(bytes);

        Assert.Equal(["given_name", "UIN"], rows[0].Cells);
        Assert.Equal(["Жанна", "U001"], rows[1].Cells);
        Assert.Equal(["Amélie", "U002"], rows[2].Cells);
        Assert.Equal(3, rows.Count);
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public async Task The_delimiter_is_found_in_the_header(string delimiter)
    {
        var rows = await ReadAsync(
            $"\"a,;b\"{delimiter}b{delimiter}c\n1{delimiter}2,;2{delimiter}3\n".Replace(
                delimiter == "," ? "2,;2" : "none",
                "2;2"
            )
        );

        Assert.Equal(["a,;b", "b", "c"], rows[0].Cells);
        Assert.Equal(
            [
                "1",
                delimiter is "," ? "2;2"
                : delimiter is ";" ? "2,"
                : "2,;2",
            ],
            rows[1].Cells.Take(2)
        );
    }

    [Fact]
    public async Task A_line_that_names_the_delimiter_is_no_row()
    {
        var rows = await ReadAsync("sep=;\r\na;b,c\r\n1;2\r\n");

        Assert.Equal(["a", "b,c"], rows[0].Cells);
        Assert.Equal((1, 3), (rows[1].Number, rows[1].Line));
    }

    [Fact]
    public async Task Quotes_keep_delimiters_line_ends_and_doubled_quotes()
    {
        var rows = await ReadAsync("a,b\r\n\"x, \"\"y\"\"\",\"two\r\nlines\"\r\nplain,5\" pipe\r\n");

        Assert.Equal(["x, \"y\"", "two\r\nlines"], rows[1].Cells);
        Assert.Equal(["plain", "5\" pipe"], rows[2].Cells);
        Assert.Equal((2, 4), (rows[2].Number, rows[2].Line));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4")]
    [InlineData("a,b\r1,2\r3,4\r")]
    [InlineData("a,b\r\n1,2\n\n\r\n ,\n3,4\r\n\r\n")]
    public async Task Lines_end_in_any_way_and_blank_ones_are_no_rows(string text)
    {
        var rows = await ReadAsync(text);

        Assert.Equal(3, rows.Count);
        Assert.Equal(["3", "4"], rows[2].Cells);
        Assert.Equal(2, rows[2].Number);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_its_row_only()
    {
        var rows = await ReadAsync("a,b\n1,\"two\n3,4\n5,6\n");

        Assert.Equal(CsvFault.QuoteOpen, rows[1].Fault);
        Assert.Equal(["3", "4"], rows[2].Cells);
        Assert.Equal(["5", "6"], rows[3].Cells);
        Assert.Equal((2, 3, 4), (rows[1].Line, rows[2].Line, rows[3].Line));
    }

    [Fact]
    public async Task A_quote_inside_a_quoted_cell_costs_its_row_only()
    {
        var rows = await ReadAsync("a,b\n\"say \"hi\" now\",2\n3,4\n");

        Assert.Equal(CsvFault.QuoteMisplaced, rows[1].Fault);
        Assert.Equal(["3", "4"], rows[2].Cells);
    }

    [Fact]
    public async Task A_quote_left_open_before_a_long_rest_gives_the_rest_up_and_says_so()
    {
        var rest = string.Concat(Enumerable.Repeat("5,6\n", CsvLimits.MaxRow / 2));

        var rows = await ReadAsync("a,b\n1,2\n3,\"four\n" + rest);

        Assert.Equal(["1", "2"], rows[1].Cells);
        Assert.Equal((CsvFault.QuoteOpen, 3L), (rows[2].Fault, rows[2].Line));
        Assert.Equal(3, rows.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cell_of_ten_megabytes_is_passed_over_without_being_kept(bool quoted)
    {
        var quote = quoted ? "\"" : "";
        using var text = new Repeated($"a,b\n1,{quote}", 'x', 10 * 1024 * 1024, $"{quote}\n3,4\n");
        var reader = new CsvReader(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await reader.ReadAsync(CancellationToken.None);

        var huge = await reader.ReadAsync(CancellationToken.None);
        var next = await reader.ReadAsync(CancellationToken.None);

        Assert.Equal(CsvFault.CellTooLong, huge!.Fault);
        Assert.Empty(huge.Cells);
        Assert.Equal(["3", "4"], next!.Cells);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 3 * 1024 * 1024);
    }

    [Fact]
    public async Task Lines_inside_a_long_quoted_cell_never_become_rows()
    {
        var cell = new string('x', CsvLimits.MaxRow) + "\n9,injected\n9,injected\n";

        var rows = await ReadAsync($"a,b\n1,\"{cell}\"\n3,4\n");

        Assert.Equal(CsvFault.CellTooLong, rows[1].Fault);
        Assert.Equal(["3", "4"], rows[2].Cells);
        Assert.Equal((3, 6L), (rows.Count, rows[2].Line));
    }

    [Fact]
    public async Task A_cell_just_as_long_as_allowed_is_taken()
    {
        var rows = await ReadAsync(
            $"a,b\n1,{new string('x', CsvLimits.MaxCell)}\n1,{new string('x', CsvLimits.MaxCell + 1)}\n"
        );

        Assert.Equal(CsvLimits.MaxCell, rows[1].Cells[1].Length);
        Assert.Equal(CsvFault.CellTooLong, rows[2].Fault);
    }

    [Fact]
    public async Task Nul_characters_foreign_bytes_and_too_many_cells_cost_their_rows()
    {
        byte[] bytes =
        [
            .. Encoding.UTF8.GetBytes("a,b\n1,\0\n2,"),
            0xC3,
            0x28,
            .. Encoding.UTF8.GetBytes("\n" + new string(',', CsvLimits.MaxColumns) + "x\n3,4\n"),
        ];

        var rows = await ReadAsync(bytes);

        Assert.Equal(
            [null, CsvFault.NulCharacter, CsvFault.Encoding, CsvFault.TooManyColumns, null],
            rows.Select(r => r.Fault)
        );
        Assert.Equal(["3", "4"], rows[4].Cells);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task The_pieces_in_which_a_file_arrives_make_no_difference(int piece)
    {
        const string text = "a,b\r\n\"x \"\"y\"\"\",\"l1\r\nl2\"\r\n\"\",z\r\n\"bad\"x,1\r\n5,\"6\"";

        var rows = await ReadAsync(new Trickle(Encoding.UTF8.GetBytes(text), piece));

        Assert.Equal(["x \"y\"", "l1\r\nl2"], rows[1].Cells);
        Assert.Equal(["", "z"], rows[2].Cells);
        Assert.Equal(CsvFault.QuoteMisplaced, rows[3].Fault);
        Assert.Equal(["5", "6"], rows[4].Cells);
        Assert.Equal([1, 2, 4, 5, 6], rows.Select(r => r.Line));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+999123")]
    [InlineData("-3")]
    [InlineData("@x")]
    [InlineData("'=x")]
    [InlineData("''+x")]
    [InlineData("'t Hooft")]
    [InlineData("plain")]
    public async Task A_cell_that_a_spreadsheet_would_run_is_guarded_and_comes_back_as_it_was(string cell)
    {
        var text = new StringBuilder();
        text.AppendRow(["a", cell]);

        var rows = await ReadAsync(text.ToString());

        Assert.DoesNotContain(rows[0].Cells[1][0], "=+-@");
        Assert.Equal(cell, CsvCells.WithoutGuard(rows[0].Cells[1]));
    }

    private static Task<List<CsvRow>> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    private static Task<List<CsvRow>> ReadAsync(byte[] bytes) => ReadAsync(new MemoryStream(bytes));

    private static async Task<List<CsvRow>> ReadAsync(Stream content)
    {
        var reader = new CsvReader(await CsvText.OpenAsync(content, CancellationToken.None));
        var rows = new List<CsvRow>();
        while (await reader.ReadAsync(CancellationToken.None) is { } row)
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>A long text that is nowhere kept.</summary>
    private sealed class Repeated(string before, char character, int times, string after) : TextReader
    {
        private int at;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            var count = Math.Min(buffer.Length, before.Length + times + after.Length - at);
            for (var i = 0; i < count; i++, at++)
            {
                buffer.Span[i] =
                    at < before.Length ? before[at]
                    : at < before.Length + times ? character
                    : after[at - before.Length - times];
            }

            return ValueTask.FromResult(count);
        }
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
