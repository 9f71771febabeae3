using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.PersonalData;

/// <summary>
/// All that is held about a person, part by part, through the calls by which each part is read otherwise: their gates and their
/// disclosures hold here too. Members of staff are not named.
/// </summary>
internal sealed class ExportPerson(
    IRegistrants registrants,
    IAttestations attestations,
    IConsents consents,
    IDocuments documents,
    IChangeRequests requests,
    IVersions versions,
    FieldCatalogue catalogue
)
{
    public const string Channel = "export";

    private const int MostItems = 100;
    private const string Withheld = "withheld";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new IdTexts(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task<Outcome<Page<string>>> HandleAsync(
        RegistrantId id,
        string part,
        string language,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Refuse(caller) is { } refused)
        {
            return refused;
        }

        if (Languages.Read(language) is not { } labels)
        {
            return PersonProblems.Invalid(PersonProblems.Language);
        }

        if (page.Size is < 1 or > MostItems)
        {
            return RegistrantProblems.BadPage;
        }

        var reader = Reader(caller);
        var known = await registrants.GetAsync(id, Whole(part == ExportParts.Record), reader, cancellationToken);
        if (!known.Succeeded)
        {
            return known.Problem;
        }

        if (known.Value.Kind != RegistrantKinds.Individual)
        {
            return PersonProblems.NotOfGroups;
        }

        var one = page.After is null;
        return part switch
        {
            ExportParts.Record when one => new Page<string>([Record(known.Value, labels).ToJsonString(Json)], null),
            ExportParts.Attestations when one => List(await attestations.ListAsync(id, reader, cancellationToken)),
            ExportParts.Consents when one => List(await consents.ListAsync(id, reader, cancellationToken), Unnamed),
            ExportParts.Documents when one => List(
                await documents.ListAsync(id, reader, cancellationToken),
                d => d with { AddedBy = null }
            ),
            ExportParts.Requests => await RequestsAsync(id, page, reader, cancellationToken),
            ExportParts.Versions => Items(
                await versions.ListAsync(id, page, reader, cancellationToken),
                v => v with { ChangedBy = Name(v.ChangedBy, caller), RequestId = null }
            ),
            ExportParts.Changes => Items(
                await versions.ChangesAsync(id, HistoryFilter.None, page, reader, cancellationToken),
                c => c with { ChangedBy = Name(c.ChangedBy, caller), RequestId = null }
            ),
            ExportParts.Disclosures => Items(
                await versions.DisclosuresAsync(id, page, reader, cancellationToken),
                d => d with { ShownTo = d.ReaderKind is "staff" or "system" ? d.ReaderKind : d.ShownTo }
            ),
            _ when ExportParts.All.Contains(part) => RegistrantProblems.BadPage,
            _ => PersonProblems.Invalid(
                new FieldProblem("part", "unknown", "One of " + string.Join(", ", ExportParts.All) + ".")
            ),
        };
    }

    private Problem? Refuse(Caller caller) =>
        caller.Kind == CallerKind.Partner ? PersonProblems.NotForPartners
        : !caller.May(Permissions.ExportRegistrants) ? RegistrantProblems.NotAllowed(Permissions.ExportRegistrants)
        : caller.Kind == CallerKind.Person ? null
        : !SeesWhole(caller) ? PersonProblems.NotWhole
        : string.IsNullOrWhiteSpace(caller.Purpose) ? PersonProblems.Purpose
        : null;

    /// <summary>True of staff who see every field of a person, or may have it in the clear by naming it.</summary>
    private bool SeesWhole(Caller caller) =>
        (caller.May(Permissions.RevealFields) || !(caller.Masked.IsAll || caller.Masked.Ids.Count > 0))
        && catalogue.Current.Rules(RegistrantKinds.Individual).All(r => caller.Fields.Contains(r.View.Id))
        && catalogue
            .Current.View.IdentifierTypes.Where(t => t.Kind == RegistrantKinds.Individual)
            .All(t => caller.Fields.Contains(t.Id) || caller.Fields.Contains(IdentifierType.Identifiers))
        && caller.Fields.Contains(LookedAt.Memberships)
        && caller.Fields.Contains(LookedAt.Relationships);

    /// <summary>The caller as the parts are read: the one permission stands for those of the parts, for this record.</summary>
    private static Caller Reader(Caller caller) =>
        caller with
        {
            Channel = Channel,
            Fields = caller.Kind == CallerKind.Person ? caller.Fields : FieldScope.All,
            Masked = FieldScope.None,
            Permissions = new HashSet<string>(caller.Permissions)
            {
                Permissions.ReadRegistrants,
                Permissions.ReadVersions,
                Permissions.ReadConsents,
                Permissions.ReadDocuments,
                Permissions.ReadDisclosures,
                Permissions.ReviewRequests,
                Permissions.WriteRequests,
            },
        };

    /// <summary>Beside the record itself only its being there is asked, without any field.</summary>
    private static ReadOptions Whole(bool whole) =>
        whole ? new ReadOptions { Memberships = true, Relationships = true } : new ReadOptions { Fields = [] };

    private JsonObject Record(RegistrantView view, string language)
    {
        var now = catalogue.Current;
        var texts = new ValueTexts(now, language);
        var fields = new JsonArray();
        foreach (var rule in now.Rules(view.Kind).Where(r => view.Values.ContainsKey(r.View.Id)))
        {
            var value = view.Values[rule.View.Id];
            fields.Add(
                new JsonObject
                {
                    ["field"] = rule.View.Id,
                    ["label"] = texts.LabelOf(rule.View),
                    ["class"] = rule.View.Class.ToString().ToLowerInvariant(),
                    ["value"] = JsonNode.Parse(value.GetRawText()),
                    ["text"] = texts.Of(rule.View, value),
                }
            );
        }

        var identifiers = new JsonArray();
        foreach (var identifier in view.Identifiers)
        {
            var node = JsonSerializer.SerializeToNode(identifier, Json)!.AsObject();
            node["label"] = Languages.Label(
                now.IdentifierType(identifier.Type)?.View.Labels,
                language,
                identifier.Type
            );
            identifiers.Add(node);
        }

        return new JsonObject
        {
            ["id"] = view.Id.ToString(),
            ["status"] = view.Status,
            ["statusOn"] = JsonSerializer.SerializeToNode(view.StatusOn, Json),
            ["version"] = view.Version,
            ["registeredAt"] = JsonSerializer.SerializeToNode(view.RegisteredAt, Json),
            ["updatedAt"] = JsonSerializer.SerializeToNode(view.UpdatedAt, Json),
            ["fields"] = fields,
            ["identifiers"] = identifiers,
            ["memberships"] = JsonSerializer.SerializeToNode(view.Memberships, Json),
            ["relationships"] = JsonSerializer.SerializeToNode(view.Relationships, Json),
        };
    }

    /// <summary>Each with what it asks for, as far as the caller sees it.</summary>
    private async Task<Outcome<Page<string>>> RequestsAsync(
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var listed = await requests.ListAsync(new ChangeRequestQuery { Subject = id }, page, caller, cancellationToken);
        if (!listed.Succeeded)
        {
            return listed.Problem;
        }

        var items = new List<string>();
        foreach (var item in listed.Value.Items)
        {
            var read = await requests.GetAsync(item.Id, null, caller, cancellationToken);
            var view = read.Succeeded ? read.Value : item;
            items.Add(Text(Unnamed(view)));
        }

        return new Page<string>(items, listed.Value.Next);
    }

    private static ChangeRequestView Unnamed(ChangeRequestView view) =>
        view with
        {
            MadeBy = Kind(view.MadeBy),
            ClaimedBy = view.ClaimedBy is { } holder ? Kind(holder) : null,
            ApprovedBy = [.. view.ApprovedBy.Select(Kind)],
            History = [.. view.History.Select(h => h with { By = Kind(h.By) })],
        };

    private static ConsentView Unnamed(ConsentView view) =>
        view with
        {
            Events = [.. view.Events.Select(e => e with { By = e.ByKind == "person" ? e.By : e.ByKind })],
        };

    /// <summary>Of <c>staff:ana</c> the kind.</summary>
    private static string Kind(string name) => name.Split(':')[0];

    private static string Name(string actor, Caller caller) =>
        caller.Kind == CallerKind.Person && actor == caller.Id ? actor : Withheld;

    private static Outcome<Page<string>> List<T>(Outcome<IReadOnlyList<T>> list, Func<T, T>? change = null) =>
        list.Map(items => new Page<string>([.. items.Select(i => Text(change is null ? i : change(i)))], null));

    private static Outcome<Page<string>> Items<T>(Outcome<Page<T>> page, Func<T, T> change) =>
        page.Map(p => new Page<string>([.. p.Items.Select(i => Text(change(i)))], p.Next));

    private static string Text<T>(T item) => JsonSerializer.Serialize(item, Json);
}
