using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Standards.Dci.Records;

namespace SocialRegistry.Standards.Dci.Search;

/// <summary>Reads one <c>search_criteria</c>. A word that is not known here rejects the item; it is never passed over.</summary>
internal sealed class CriteriaReader(Vocabulary vocabulary, PartnerView partner, Caller caller)
{
    /// <summary>Members of other dialects that would narrow or change a search.</summary>
    private static readonly string[] NotUnderstood =
    [
        "filter",
        "filters",
        "query_name",
        "query_params",
        "reg_sub_type",
        "registry_type",
        "event_type",
    ];

    public Reading Read(Place criteria)
    {
        var version = criteria.Text("version");
        var regType = criteria.Text("reg_type");
        var recordType = criteria.Text("reg_record_type");
        var eventType = criteria.Text("reg_event_type");
        var entity = criteria.Text("response_entity");
        var queryType = criteria.Text("query_type", required: true);
        var query = criteria.Member("query", required: true);
        if (queryType is null || query is not { } given || criteria.Faults.First is not null)
        {
            return Rejection.Criteria("query_type and query are required.");
        }

        if (Unknown(criteria, version, regType, eventType) is { } unknown)
        {
            return unknown;
        }

        (RecordShape Shape, string Name)? shape = recordType is null ? null : RecordShapes.Find(recordType);
        (RecordShape Shape, string Name)? counted = entity is null ? null : RecordShapes.Find(entity);
        if ((recordType is not null && shape is null) || (entity is not null && counted is null))
        {
            return Rejection.Criteria("reg_record_type and response_entity must be Group, Member, Person or SRPerson.");
        }

        if (!IdtypeValueQuery.Read(queryType, given, vocabulary, caller.Filters, out var found, out var rejection))
        {
            return rejection;
        }

        if (SortRule.Check(criteria, vocabulary, caller.Filters) is { } badSort)
        {
            return badSort;
        }

        if (!PurposeRule.Read(criteria, partner, caller, out var purpose, out rejection))
        {
            return rejection;
        }

        var (type, identifier) = found;
        var shown =
            shape ?? counted ?? RecordShapes.Find(type.Kind == RegistrantKinds.Group ? "Group" : "Member")!.Value;
        return new SearchTarget
        {
            Identifier = identifier,
            IdentifierKind = type.Kind,
            EntityKind = (counted ?? shown).Shape.Kind(),
            Shape = shown.Shape,
            RecordType = shown.Name,
            Purpose = purpose.Code,
            LegalGround = purpose.LegalGround,
        };
    }

    private static Rejection? Unknown(Place criteria, string? version, string? regType, string? eventType)
    {
        if (version is not (null or "1.0.0" or "1.0"))
        {
            return Rejection.Criteria("search_criteria.version must be 1.0.0.");
        }

        if (regType is not null && !Is(regType, "Social"))
        {
            return Rejection.Criteria("reg_type must be ns:org:RegistryType:Social: this is a social registry.");
        }

        // In a search the event says nothing; the January text has it, and samples carry these.
        if (
            eventType is not null
            && !Is(eventType, "REGISTER")
            && !Is(eventType, "SEARCH")
            && !Is(eventType, "NewHouseHoldMember")
        )
        {
            return Rejection.Criteria("reg_event_type must be REGISTER, SEARCH or NewHouseHoldMember.");
        }

        foreach (var name in NotUnderstood)
        {
            if (criteria.Member(name) is not null)
            {
                return Rejection.Criteria($"search_criteria.{name} is not understood here.");
            }
        }

        return null;
    }

    private static bool Is(string given, string word) =>
        JsonTexts.LocalName(given).Equals(word, StringComparison.OrdinalIgnoreCase);
}
