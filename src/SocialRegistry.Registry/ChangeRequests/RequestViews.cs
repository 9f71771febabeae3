using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>Shows requests: without values, or with those that a gate lets through.</summary>
internal sealed class RequestViews(FieldCatalogue catalogue, TimeProvider time)
{
    /// <summary>Without any value, reason or comment.</summary>
    public ChangeRequestView Plain(ChangeRequest row)
    {
        var holder = row.Holder(time.GetUtcNow());
        return new ChangeRequestView
        {
            Id = row.RequestId,
            Version = row.Version,
            Type = row.Type,
            State = row.State,
            Subject = row.SubjectId is { } subject ? new RegistrantId(subject) : null,
            Fields = row.FieldList,
            MadeBy = row.Maker,
            MadeAt = row.MadeAt,
            SubmittedAt = row.SubmittedAt,
            DueOn = row.DueOn,
            Stages = row.Stages,
            Stage = row.Stage,
            ClaimedBy = holder,
            ClaimedUntil = holder is null ? null : row.ClaimedUntil,
            ApprovedBy = row.Approvers,
            Warnings =
            [
                .. JsonSerializer
                    .Deserialize<List<StoredWarning>>(row.Warnings)!
                    .Select(w => new ChangeRequestWarning(w.Code, new ChangeRequestId(w.Request))),
            ],
            Failure = row.Failure is { } failure ? JsonSerializer.Deserialize<Problem>(failure) : null,
            Result = row.ResultId is { } result ? new RegistrantId(result) : null,
            EffectiveOn = row.EffectiveOn,
            Documents = [.. JsonSerializer.Deserialize<List<Guid>>(row.Documents)!.Select(d => new DocumentId(d))],
        };
    }

    /// <summary>For who has just said it.</summary>
    public ChangeRequestView OfMaker(ChangeRequest row, RequestContent content) =>
        Plain(row) with
        {
            Payload = content.Payload,
            Reason = content.Reason,
        };

    /// <summary>With what the gate shows.</summary>
    /// <param name="shown">Takes the names for the disclosure.</param>
    public ChangeRequestView Show(
        OpenRequest open,
        IReadOnlyList<ChangeRequestEvent> history,
        ReadGate gate,
        ICollection<string> shown
    )
    {
        var row = open.Row;
        var masked = new List<string>();
        var bound = gate.Caller.ConsentRequired;
        var payload =
            open.Content is { } content && (!bound || gate.Consent is not null)
                ? Payload(row, content.Payload, gate, shown, masked)
                : null;
        List<string> hidden = payload is null ? [.. row.FieldList] : Hidden(row, gate, shown);
        var whole = hidden.Count == 0 && masked.Count == 0 && payload is not null && !bound;
        var says = whole || RequestSight.IsMaker(row, gate.Caller);
        return Plain(row) with
        {
            Payload = payload is null ? null : JsonSerializer.SerializeToElement(payload),
            Masked = masked,
            Hidden = hidden,
            Reason = says ? open.Content?.Reason : null,
            History =
            [
                .. history.Select(step => new ChangeRequestEntry
                {
                    At = step.At,
                    By = step.By,
                    Action = step.Action,
                    Stage = step.Stage,
                    Code = step.Code,
                    Comment = says && open.Content is not null ? open.Comment(step) : null,
                }),
            ],
        };
    }

    private static List<string> Hidden(ChangeRequest row, ReadGate gate, ICollection<string> shown) =>
        [
            .. row.FieldList.Where(f =>
                f switch
                {
                    EditRules.Status => false,
                    EditRules.Memberships => !gate.ShowsMemberships,
                    EditRules.Relationships => !gate.ShowsRelationships,
                    _ => !shown.Contains(f) && !shown.Contains(Masks.Shown(f)),
                }
            ),
        ];

    private JsonObject Payload(
        ChangeRequest row,
        JsonElement payload,
        ReadGate gate,
        ICollection<string> shown,
        List<string> masked
    )
    {
        var members =
            row.Type is ChangeRequestTypes.EditFields or ChangeRequestTypes.Exit
            || (row.Type == ChangeRequestTypes.Relationship ? gate.ShowsRelationships : gate.ShowsMemberships);
        var result = new JsonObject();
        foreach (var member in payload.EnumerateObject())
        {
            switch (member.Name)
            {
                case "values":
                    result["values"] = Values(row.SubjectKind, member.Value, gate, shown, masked);
                    break;
                case "identifiers" when member.Value.ValueKind == JsonValueKind.Array:
                    result["identifiers"] = Identifiers(member.Value, gate, shown, masked);
                    break;
                case "kind" or "generate":
                    result[member.Name] = JsonNode.Parse(member.Value.GetRawText());
                    break;
                case var name when members:
                    result[name] = JsonNode.Parse(member.Value.GetRawText());
                    break;
            }
        }

        foreach (var word in row.FieldList.Where(f => f is EditRules.Memberships or EditRules.Relationships))
        {
            if (members)
            {
                shown.Add(word);
            }
        }

        return result;
    }

    private JsonObject Values(
        string kind,
        JsonElement values,
        ReadGate gate,
        ICollection<string> shown,
        List<string> masked
    )
    {
        var result = new JsonObject();
        foreach (var value in values.EnumerateObject())
        {
            if (catalogue.Current.Rule(kind, value.Name)?.View is not { } field || !gate.Shows(field))
            {
                continue;
            }

            var masks = gate.Masks(field.Id) && value.Value.ValueKind != JsonValueKind.Null;
            var form = masks ? Masks.Of(field, value.Value) : value.Value;
            result[field.Id] = JsonNode.Parse(form.GetRawText());
            shown.Add(masks ? Masks.Shown(field.Id) : field.Id);
            if (masks)
            {
                masked.Add(field.Id);
            }
        }

        return result;
    }

    private JsonArray Identifiers(
        JsonElement identifiers,
        ReadGate gate,
        ICollection<string> shown,
        List<string> masked
    )
    {
        var result = new JsonArray();
        var all = true;
        foreach (var element in identifiers.EnumerateArray())
        {
            if (
                element.Deserialize<Identifier>(JsonSerializerOptions.Web) is not { } identifier
                || catalogue.Current.IdentifierType(identifier.Type) is not { } type
                || !gate.Shows(type)
            )
            {
                all = false;
                continue;
            }

            if (gate.Masks(type))
            {
                masked.Add(type.View.Id);
                identifier = identifier with { Value = Masks.LastCharacters(identifier.Value) };
            }

            result.Add(JsonSerializer.SerializeToNode(identifier, JsonSerializerOptions.Web));
        }

        if (all)
        {
            shown.Add(masked.Count > 0 ? Masks.Shown(IdentifierType.Identifiers) : IdentifierType.Identifiers);
        }

        return result;
    }
}
