using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Imports
{
    public static V1.ImportRow ToWire(this ImportRow row)
    {
        var wire = new V1.ImportRow
        {
            Kind = row.Kind,
            Identifiers = { row.Identifiers.Select(i => i.ToWire()) },
            MemberOf = row.Group?.ToWire(),
            MembershipKinds = { row.MembershipKinds },
        };
        wire.Values.AddJson(row.Values);
        row.NamedVersion.IfThere(name => wire.NamedVersion = name);
        return wire;
    }

    public static ImportRow ToRequest(this V1.ImportRow wire) =>
        new()
        {
            Kind = wire.Kind,
            Values = wire.Values.ToValues(),
            Identifiers = [.. wire.Identifiers.Select(i => i.ToView())],
            Group = wire.MemberOf?.ToView(),
            MembershipKinds = [.. wire.MembershipKinds],
            NamedVersion = wire.HasNamedVersion ? wire.NamedVersion : null,
        };

    public static V1.ImportRegistrantsReply ToWire(this Outcome<ImportedRegistrant> outcome) =>
        outcome.Succeeded
            ? new()
            {
                Imported = new V1.ImportedRegistrant
                {
                    Id = outcome.Value.Id.ToString(),
                    Action = outcome.Value.Action.ToWire(),
                    Version = outcome.Value.Version,
                },
            }
            : new() { Problem = outcome.Problem.ToWire() };

    public static Outcome<ImportedRegistrant> ToView(this V1.ImportRegistrantsReply wire) =>
        wire.OutcomeCase switch
        {
            V1.ImportRegistrantsReply.OutcomeOneofCase.Imported => new ImportedRegistrant(
                wire.Imported.Id.ToRegistrantId("id"),
                wire.Imported.Action.ToView(),
                wire.Imported.Version
            ),
            V1.ImportRegistrantsReply.OutcomeOneofCase.Problem => wire.Problem.ToView(),
            _ => throw UnreadableMessageException.Of("outcome", "required", "expected imported or problem"),
        };
}
