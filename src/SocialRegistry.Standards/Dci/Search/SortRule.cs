using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Dci.Search;

/// <summary>Checks <c>sort</c>. Hits of an identifier need no order, but an attribute that is not known is told all the same.</summary>
internal static class SortRule
{
    private const int MaxKeys = 10;

    public static Rejection? Check(Place criteria, Vocabulary vocabulary, FieldScope filters)
    {
        if (criteria.Member("sort") is not { } sort)
        {
            return null;
        }

        if (sort.ValueKind != JsonValueKind.Array || sort.GetArrayLength() > MaxKeys)
        {
            return Rejection.Sort($"sort must be an array of at most {MaxKeys} items.");
        }

        foreach (var key in sort.EnumerateArray())
        {
            if (
                key.ValueKind != JsonValueKind.Object
                || !key.TryGetProperty("attribute_name", out var attribute)
                || !JsonTexts.TryGet(attribute, out var name)
                || !vocabulary.MaySort(name, filters)
            )
            {
                return Rejection.Sort("sort names an attribute that is not known, or not open to this partner.");
            }

            if (
                key.TryGetProperty("sort_order", out var order)
                && !JsonTexts.IsBlank(order)
                && !(order.ValueKind == JsonValueKind.String && (order.ValueEquals("asc") || order.ValueEquals("desc")))
            )
            {
                return Rejection.Sort("sort_order must be asc or desc.");
            }
        }

        return null;
    }
}
