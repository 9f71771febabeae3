using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class PersonalReports
{
    public static V1.DisclosureReportRequest ToWire(this DisclosureReportQuery query, RegistrantId registrant)
    {
        var wire = new V1.DisclosureReportRequest { RegistrantId = registrant.ToString(), Language = query.Language };
        query.From.IfThere(day => wire.From = day);
        query.To.IfThere(day => wire.To = day);
        return wire;
    }

    public static DisclosureReportQuery ToQuery(this V1.DisclosureReportRequest wire) =>
        new()
        {
            From = wire.HasFrom ? wire.From.ToDate("from") : null,
            To = wire.HasTo ? wire.To.ToDate("to") : null,
            Language = wire.Language,
        };

    public static V1.DisclosureReportReply ToWire(this DisclosureReport report)
    {
        var wire = new V1.DisclosureReportReply
        {
            RegistrantId = report.RegistrantId.ToString(),
            MadeAt = report.MadeAt.ToWire(),
            Language = report.Language,
            Showings = report.Showings,
            IsComplete = report.IsComplete,
        };
        report.From.IfThere(day => wire.From = day);
        report.To.IfThere(day => wire.To = day);
        wire.Groups.AddRange(report.Groups.Select(ToWire));
        return wire;
    }

    public static DisclosureReport ToView(this V1.DisclosureReportReply wire) =>
        new()
        {
            RegistrantId = wire.RegistrantId.ToRegistrantId("registrant_id"),
            MadeAt = wire.MadeAt.ToMoment("made_at"),
            Language = wire.Language,
            From = wire.HasFrom ? wire.From.ToDate("from") : null,
            To = wire.HasTo ? wire.To.ToDate("to") : null,
            Showings = wire.Showings,
            IsComplete = wire.IsComplete,
            Groups = [.. wire.Groups.Select(ToView)],
        };

    public static V1.ExportPersonReply ToExport(this Page<string> page)
    {
        var wire = new V1.ExportPersonReply();
        wire.Items.AddRange(page.Items);
        page.Next.IfThere(next => wire.Next = next);
        return wire;
    }

    public static Page<string> ToView(this V1.ExportPersonReply wire) =>
        new([.. wire.Items], wire.HasNext ? wire.Next : null);

    private static V1.DisclosureGroup ToWire(DisclosureGroup group)
    {
        var wire = new V1.DisclosureGroup
        {
            Month = group.Month,
            Institution = group.Institution,
            ReaderKind = group.ReaderKind,
            Count = group.Count,
            First = group.First.ToWire(),
            Last = group.Last.ToWire(),
            BreakGlass = group.BreakGlass,
        };
        group.Purpose.IfThere(purpose => wire.Purpose = purpose);
        wire.LegalGrounds.AddRange(group.LegalGrounds);
        wire.Channels.AddRange(group.Channels);
        wire.Consents.AddRange(group.Consents);
        wire.Fields.AddRange(
            group.Fields.Select(f => new V1.ShownField
            {
                Id = f.Id,
                Label = f.Label,
                Masked = f.Masked,
                Count = f.Count,
            })
        );
        return wire;
    }

    private static DisclosureGroup ToView(V1.DisclosureGroup wire) =>
        new()
        {
            Month = wire.Month,
            Institution = wire.Institution,
            ReaderKind = wire.ReaderKind,
            Purpose = wire.HasPurpose ? wire.Purpose : null,
            LegalGrounds = [.. wire.LegalGrounds],
            Channels = [.. wire.Channels],
            Consents = [.. wire.Consents],
            Count = wire.Count,
            First = wire.First.ToMoment("first"),
            Last = wire.Last.ToMoment("last"),
            BreakGlass = wire.BreakGlass,
            Fields = [.. wire.Fields.Select(f => new ShownField(f.Id, f.Label, f.Masked, f.Count))],
        };
}
