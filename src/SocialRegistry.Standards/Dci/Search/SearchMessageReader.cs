using System.Text.Json;
using System.Text.RegularExpressions;
using SocialRegistry.Contracts;
using SocialRegistry.Standards.Dci.Envelope;

namespace SocialRegistry.Standards.Dci.Search;

/// <summary>
/// Reads a SearchRequest. What is wrong with its form refuses the message; what is wrong with the meaning of one item rejects that item
/// (DCI API standard, error handling and item status).
/// </summary>
internal sealed partial class SearchMessageReader(
    Vocabulary vocabulary,
    PartnerView partner,
    Caller caller,
    DciOptions options
)
{
    private readonly HashSet<string> references = new(StringComparer.Ordinal);

    public Outcome<SearchMessage> Read(JsonElement element)
    {
        var faults = new Faults();
        var place = new Place(element, "message.", faults);

        // Samples have it empty: it is there, and short enough.
        if (
            !element.TryGetProperty("transaction_id", out var id)
            || !JsonTexts.TryGet(id, out var transactionId)
            || (transactionId.Length > 0 && !JsonTexts.IsId(transactionId))
        )
        {
            return DciErrors.Bad(
                "message.transaction_id must be a string of at most 99 characters without control characters."
            );
        }

        if (place.Member("search_request", required: true) is not { ValueKind: JsonValueKind.Array } requests)
        {
            return DciErrors.Bad("message.search_request must be an array.");
        }

        var count = requests.GetArrayLength();
        if (count == 0 || count > options.MaxSearchRequests)
        {
            return DciErrors.Bad($"message.search_request must have 1 to {options.MaxSearchRequests} items.");
        }

        var items = new List<SearchItem>(count);
        foreach (var (index, request) in requests.EnumerateArray().Index())
        {
            var path = $"message.search_request[{index}]";
            if (request.ValueKind != JsonValueKind.Object)
            {
                return DciErrors.Bad($"{path} must be an object.");
            }

            items.Add(ReadItem(new Place(request, path + ".", faults)));
            if (faults.First is { } fault)
            {
                return DciErrors.Bad(fault);
            }
        }

        return new SearchMessage(transactionId, items);
    }

    private SearchItem ReadItem(Place item)
    {
        if (
            !item.Element.TryGetProperty("reference_id", out var reference)
            || !JsonTexts.TryGet(reference, out var referenceId)
        )
        {
            item.Faults.Add("reference_id is required in each search_request and must be a string.");
            referenceId = "";
        }

        if (!item.Element.TryGetProperty("timestamp", out _))
        {
            _ = item.Time("timestamp", required: true);
        }

        var timestamp = item.Time("timestamp");
        var criteria = item.Object("search_criteria", required: true);
        var locale = ReadLocale(item);
        var page = (criteria?.Object("pagination") ?? item.Object("pagination")) is { } given
            ? (
                Size: given.Whole("page_size", least: 1, required: true),
                Number: given.Whole("page_number", least: 1) ?? 1
            )
            : (Size: options.DefaultPageSize, Number: 1);
        var outcome =
            Reject(referenceId, timestamp) is { } rejection ? rejection
            : criteria is { } present ? new CriteriaReader(vocabulary, partner, caller).Read(present)
            : (Reading)Rejection.Criteria("search_criteria is required.");
        return new SearchItem
        {
            ReferenceId = referenceId,
            Rejection = outcome.Rejection,
            Target = outcome.Target,
            Locale = locale,
            PageSize = Math.Min(page.Size ?? options.DefaultPageSize, options.MaxPageSize),
            PageNumber = page.Number,
        };
    }

    private Rejection? Reject(string referenceId, DateTimeOffset? timestamp) =>
        !JsonTexts.IsId(referenceId) ? Rejection.BadReference
        : !references.Add(referenceId) ? Rejection.DuplicateReference
        : timestamp is null ? Rejection.BadTimestamp
        : null;

    private static string? ReadLocale(Place item)
    {
        var locale = item.Text("locale");
        if (locale is not null && !Iso639Part3().IsMatch(locale))
        {
            item.Faults.Add("locale must be an ISO 639-3 code of three lower-case letters, such as eng.");
            return null;
        }

        return locale;
    }

    [GeneratedRegex("^[a-z]{3}\\z")]
    private static partial Regex Iso639Part3();
}

/// <summary>A target or why there is none.</summary>
internal readonly record struct Reading(SearchTarget? Target, Rejection? Rejection)
{
    public static implicit operator Reading(SearchTarget target) => new(target, null);

    public static implicit operator Reading(Rejection rejection) => new(null, rejection);
}
