using System.Globalization;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;

namespace SocialRegistry.Exchange.Exports;

/// <summary>One column of an export, under the name by which an import takes it.</summary>
/// <param name="Name">The name in the header.</param>
/// <param name="Read">The text of the cell; empty when there is nothing, <c>null</c> when there is something that no cell can hold.</param>
internal sealed record ExportColumn(string Name, Func<RegistrantView, string?> Read);

/// <summary>
/// The columns of a kind of record for one caller, those that an import accepts: a field under its id, parts as <c>field.part</c>, items of
/// repeated groups as <c>field[n].part</c>, items of other repeated fields between bars.
/// </summary>
internal static class ExportColumns
{
    private const char Bar = '|';

    /// <param name="fields">Only these fields and identifier types; absent means all that the caller may have.</param>
    /// <param name="items">Columns for the items of a repeated group.</param>
    public static IReadOnlyList<ExportColumn> Of(
        CatalogueView catalogue,
        string kind,
        FieldScope scope,
        IReadOnlySet<string>? fields,
        int items
    ) =>
        [
            .. catalogue
                .IdentifierTypes.Where(t => t.Kind == kind)
                .Where(t => scope.Contains(t.Id) || scope.Contains("identifiers"))
                .Where(t => fields is null || fields.Contains(t.Id) || fields.Contains("identifiers"))
                .Select(t => new ExportColumn(t.Id, view => One(view.Identifiers.Where(i => i.Type == t.Id)))),
            .. catalogue
                .Fields.Where(f => f.Kind == kind && f.State == FieldState.Published && !f.Computed)
                .Where(f => scope.Contains(f.Id) && fields?.Contains(f.Id) != false)
                .SelectMany(f => OfField(f, items)),
        ];

    private static IEnumerable<ExportColumn> OfField(FieldView field, int items)
    {
        if (!field.HasParts)
        {
            return [new ExportColumn(field.Id, view => Cell(field, Value(view, field)))];
        }

        return field.Repeated
            ? Enumerable
                .Range(0, items)
                .SelectMany(n => OfParts(field, $"{field.Id}[{n + 1}]", view => Item(Value(view, field), n, items)))
            : OfParts(field, field.Id, view => Value(view, field));
    }

    private static IEnumerable<ExportColumn> OfParts(
        FieldView field,
        string name,
        Func<RegistrantView, JsonElement?> read
    ) =>
        field.Parts.SelectMany(part =>
        {
            JsonElement? Inner(RegistrantView view) =>
                read(view) is { ValueKind: JsonValueKind.Object } group && group.TryGetProperty(part.Id, out var inner)
                    ? inner
                    : null;
            return part.HasParts && !part.Repeated
                ? OfParts(part, $"{name}.{part.Id}", Inner)
                : [new ExportColumn($"{name}.{part.Id}", view => Cell(part, Inner(view)))];
        });

    private static JsonElement? Value(RegistrantView view, FieldView field) =>
        view.Values.TryGetValue(field.Id, out var value) ? value : null;

    /// <summary>The item of a repeated group. Who has more items than there are columns has them told by <see cref="Overflow"/>.</summary>
    private static JsonElement? Item(JsonElement? list, int number, int items) =>
        list is { ValueKind: JsonValueKind.Array } array && number < Math.Min(array.GetArrayLength(), items)
            ? array[number]
            : null;

    /// <summary>Fields of which a record has more items than there are columns.</summary>
    public static IEnumerable<string> Overflow(CatalogueView catalogue, RegistrantView view, int items) =>
        catalogue
            .Fields.Where(f => f.Kind == view.Kind && f is { Repeated: true, HasParts: true })
            .Where(f => Value(view, f) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > items)
            .Select(f => f.Id);

    private static string? One(IEnumerable<Identifier> identifiers) =>
        identifiers.ToList() switch
        {
            [] => "",
            [var only] => only.Value,
            _ => null,
        };

    private static string? Cell(FieldView field, JsonElement? value)
    {
        if (value is not { } there || there.ValueKind is JsonValueKind.Null)
        {
            return "";
        }

        if (there.ValueKind != JsonValueKind.Array)
        {
            return field.HasParts ? null : Text(there);
        }

        var texts = there.EnumerateArray().Select(Text).ToList();
        return field.HasParts || texts.Exists(t => t is null || t.Length == 0 || t.Contains(Bar) || t != t.Trim())
            ? null
            : string.Join(Bar, texts);
    }

    private static string? Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.TryGetDecimal(out var number)
                ? number.ToString(CultureInfo.InvariantCulture)
                : null,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
}
