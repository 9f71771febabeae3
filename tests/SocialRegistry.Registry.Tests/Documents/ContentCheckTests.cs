using System.Text;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Documents;
using Xunit;

namespace SocialRegistry.Registry.Tests.Documents;

/// <summary>Contents that are not quite what they say: cut short, longer than they say, or two things in one.</summary>
public sealed class ContentCheckTests
{
    private static readonly byte[] ZipEnd = [.. "PK\u0005\u0006"u8, .. new byte[18]];

    public static TheoryData<string> Types => [.. DocumentTypes.All.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_whole_file_is_taken_and_a_truncated_picture_is_not(string type)
    {
        var whole = Sample(type);

        Assert.Null(ContentCheck.Fault(type, whole));
        if (!type.StartsWith("text/", StringComparison.Ordinal))
        {
            for (var length = 0; length < whole.Length - 1; length++)
            {
                Assert.NotNull(ContentCheck.Fault(type, whole.AsSpan(0, length)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Something_before_or_behind_is_refused(string type)
    {
        var whole = Sample(type);

        Assert.NotNull(ContentCheck.Fault(type, [.. "<html><script>"u8, .. whole]));
        Assert.NotNull(ContentCheck.Fault(type, [.. whole, .. ZipEnd]));
        Assert.NotNull(ContentCheck.Fault(type, [0, .. whole]));
        if (!type.StartsWith("text/", StringComparison.Ordinal))
        {
            Assert.NotNull(ContentCheck.Fault(type, [.. whole, .. "behind"u8]));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_file_of_another_type_is_refused(string type)
    {
        foreach (var other in DocumentTypes.All.Keys.Where(o => o != type))
        {
            if (
                !(
                    type.StartsWith("text/", StringComparison.Ordinal)
                    && other.StartsWith("text/", StringComparison.Ordinal)
                )
            )
            {
                Assert.NotNull(ContentCheck.Fault(type, Sample(other)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Random_bytes_and_changed_files_never_throw(string type)
    {
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = Sample(type);
            for (var k = 0; k < 1 + i % 4; k++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            _ = ContentCheck.Fault(type, bytes);
            _ = ContentCheck.Fault(type, bytes.AsSpan(0, random.Next(bytes.Length)));
        }
    }

    [Theory]
    [InlineData("3 0 obj\n<</S/JavaScript/JS(app.alert)>>\nendobj\n", true)]
    [InlineData("3 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj\n", true)]
    [InlineData("<html><body>", true)]
    [InlineData("3 0 obj\n<</JSON(x)/Launcher 1>>\nendobj\n", false)]
    [InlineData("PK\u0005\u0006\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", true)]
    public void A_pdf_that_runs_or_is_a_page_or_archive_is_refused(string inside, bool refused) =>
        Assert.Equal(refused, ContentCheck.Fault(DocumentTypes.Pdf, SampleFiles.Pdf(inside)) is not null);

    [Theory]
    [InlineData("Ünïcödé, 日本, 🐲\r\n\tok", false)]
    [InlineData("\uFEFFname;age", false)]
    [InlineData("a\u0000b", true)]
    [InlineData("a\u001Bb", true)]
    [InlineData("  <SVG onload=alert(1)>", true)]
    [InlineData("<?php system(1);", true)]
    [InlineData("#!/bin/sh", true)]
    [InlineData("1 < 2 and 3 > 2", false)]
    public void Text_is_text(string text, bool refused) =>
        Assert.Equal(refused, ContentCheck.Fault(DocumentTypes.Text, Encoding.UTF8.GetBytes(text)) is not null);

    [Fact]
    public void Text_is_utf8() => Assert.NotNull(ContentCheck.Fault(DocumentTypes.Text, [0xFF, 0xFE, 0x41, 0x00]));

    [Fact]
    public void A_wrong_checksum_in_a_png_is_refused()
    {
        var png = SampleFiles.Png();
        png[20] ^= 1;

        Assert.Equal("A checksum of the file is wrong.", ContentCheck.Fault(DocumentTypes.Png, png));
    }

    private static byte[] Sample(string type) =>
        type switch
        {
            DocumentTypes.Pdf => SampleFiles.Pdf(),
            DocumentTypes.Jpeg => SampleFiles.Jpeg(),
            DocumentTypes.Png => SampleFiles.Png(),
            DocumentTypes.WebP => SampleFiles.WebP(),
            _ => SampleFiles.Text(),
        };
}
