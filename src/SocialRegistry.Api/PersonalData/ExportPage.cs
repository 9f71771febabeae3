using System.Text;
using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.PersonalData;

/// <summary>All that is held about a person as a page, written while it is read.</summary>
internal static class ExportPage
{
    public static async Task WriteAsync(Stream body, PersonExport export, CancellationToken cancellationToken)
    {
        await using var page = new StreamWriter(body, new UTF8Encoding(false), leaveOpen: true);
        var words = new PageWords(export.Language);
        await page.WriteAsync(PrintedPage.Head(words["export"], export.Language));
        using (var record = JsonDocument.Parse(export.Record))
        {
            await page.WriteAsync(Record(record.RootElement, words));
        }

        foreach (var part in ExportParts.All.Where(p => p != ExportParts.Record))
        {
            await page.WriteAsync($"<h2>{PrintedPage.Encode(words[part])}</h2>\n<table><tbody>\n");
            var some = false;
            await foreach (var item in export.ItemsAsync(part, cancellationToken))
            {
                some = true;
                using var json = JsonDocument.Parse(item);
                await page.WriteAsync(PrintedPage.Row(Text(json.RootElement)));
                await page.FlushAsync(cancellationToken);
            }

            await page.WriteAsync("</tbody></table>\n" + (some ? "" : $"<p>{PrintedPage.Encode(words["none"])}</p>\n"));
        }

        await page.WriteAsync(PrintedPage.Foot);
        await page.FlushAsync(cancellationToken);
    }

    private static string Record(JsonElement record, PageWords words)
    {
        var page = new StringBuilder($"<h2>{PrintedPage.Encode(words[ExportParts.Record])}</h2>\n<table>");
        page.Append(PrintedPage.Heads(words["name"], words["value"])).Append("<tbody>\n");
        foreach (var field in record.GetProperty("fields").EnumerateArray())
        {
            page.Append(PrintedPage.Row(field.GetProperty("label").GetString(), field.GetProperty("text").GetString()));
        }

        foreach (var identifier in record.GetProperty("identifiers").EnumerateArray())
        {
            page.Append(
                PrintedPage.Row(
                    identifier.GetProperty("label").GetString(),
                    identifier.GetProperty("value").GetString()
                )
            );
        }

        foreach (var name in (string[])["id", "status", "version", "registeredAt", "memberships", "relationships"])
        {
            if (record.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                page.Append(PrintedPage.Row(name, Text(value)));
            }
        }

        return page.Append("</tbody></table>\n").ToString();
    }

    /// <summary>A value in one line: names and values, without the signs of JSON.</summary>
    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => string.Join(
                " · ",
                value
                    .EnumerateObject()
                    .Where(m => m.Value.ValueKind != JsonValueKind.Null)
                    .Select(m => $"{m.Name}: {Inner(m.Value)}")
            ),
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Inner)),
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };

    private static string Inner(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? $"({Text(value)})" : Text(value);
}
