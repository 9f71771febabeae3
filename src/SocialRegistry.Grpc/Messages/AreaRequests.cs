using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class AreaRequests
{
    public static V1.ListAreasRequest ToWire(this AreaSelection query, PageRequest page)
    {
        var wire = new V1.ListAreasRequest { Top = query.Top, Page = page.ToWire() };
        query.Parent.IfThere(parent => wire.Parent = parent);
        query.Within.IfThere(within => wire.Within = within);
        query.Text.IfThere(text => wire.Text = text);
        query.ValidOn.IfThere(day => wire.ValidOn = day);
        if (query.Level is { } level)
        {
            wire.Level = level;
        }

        if (query.Codes is { } codes)
        {
            wire.Codes = new V1.AreaCodeList { Items = { codes } };
        }

        return wire;
    }

    public static AreaSelection ToRequest(this V1.ListAreasRequest wire) =>
        new()
        {
            Parent = wire.HasParent ? wire.Parent : null,
            Top = wire.Top,
            Within = wire.HasWithin ? wire.Within : null,
            Level = wire.HasLevel ? wire.Level : null,
            Text = wire.HasText ? wire.Text : null,
            Codes = wire.Codes is { } codes ? [.. codes.Items] : null,
            ValidOn = wire.HasValidOn ? wire.ValidOn.ToDate("valid_on") : null,
        };

    public static V1.CreateAreaRequest ToWire(this NewArea area)
    {
        var wire = new V1.CreateAreaRequest
        {
            Code = area.Code,
            Level = area.Level,
            Point = area.Point?.ToWire(),
        };
        wire.Names.Add(area.Names.ToDictionary());
        area.Parent.IfThere(parent => wire.Parent = parent);
        area.ValidFrom.IfThere(day => wire.ValidFrom = day);
        area.ValidTo.IfThere(day => wire.ValidTo = day);
        if (area.Boundary is { } boundary)
        {
            wire.Boundary = boundary.GetRawText();
        }

        return wire;
    }

    public static NewArea ToRequest(this V1.CreateAreaRequest wire) =>
        new()
        {
            Code = wire.Code,
            Level = wire.Level,
            Parent = wire.HasParent ? wire.Parent : null,
            Names = wire.Names.ToLabels(),
            Point = wire.Point?.ToView(),
            ValidFrom = wire.HasValidFrom ? wire.ValidFrom.ToDate("valid_from") : null,
            ValidTo = wire.HasValidTo ? wire.ValidTo.ToDate("valid_to") : null,
            Boundary = wire.HasBoundary ? wire.Boundary.ToJson("boundary") : null,
        };

    public static V1.ChangeAreaRequest ToWire(this AreaChange change, string code)
    {
        var wire = new V1.ChangeAreaRequest
        {
            Code = code,
            ExpectedVersion = change.ExpectedVersion,
            Point = change.Point?.ToWire(),
            WithoutPoint = change.WithoutPoint,
            WithoutValidFrom = change.WithoutValidFrom,
        };
        foreach (var (language, name) in change.Names)
        {
            if (name is null)
            {
                wire.WithoutNames.Add(language);
            }
            else
            {
                wire.Names.Add(language, name);
            }
        }

        change.ValidFrom.IfThere(day => wire.ValidFrom = day);
        if (change.Level is { } level)
        {
            wire.Level = level;
        }

        return wire;
    }

    public static AreaChange ToRequest(this V1.ChangeAreaRequest wire)
    {
        var names = wire.Names.ToDictionary(n => n.Key, n => (string?)n.Value);
        foreach (var language in wire.WithoutNames)
        {
            if (!names.TryAdd(language, null))
            {
                throw UnreadableMessageException.Of("without_names", "contradiction", "set a name or remove it");
            }
        }

        return new AreaChange
        {
            ExpectedVersion = wire.ExpectedVersion,
            Level = wire.HasLevel ? wire.Level : null,
            Names = names,
            Point = wire.Point?.ToView(),
            WithoutPoint = wire.WithoutPoint,
            ValidFrom = wire.HasValidFrom ? wire.ValidFrom.ToDate("valid_from") : null,
            WithoutValidFrom = wire.WithoutValidFrom,
        };
    }

    public static V1.CloseAreaRequest ToWire(this AreaClosing closing, string code)
    {
        var wire = new V1.CloseAreaRequest { Code = code, ExpectedVersion = closing.ExpectedVersion };
        closing.ValidTo.IfThere(day => wire.ValidTo = day);
        closing.ReplacedBy.IfThere(other => wire.ReplacedBy = other);
        return wire;
    }

    public static AreaClosing ToRequest(this V1.CloseAreaRequest wire) =>
        new()
        {
            ExpectedVersion = wire.ExpectedVersion,
            ValidTo = wire.HasValidTo ? wire.ValidTo.ToDate("valid_to") : null,
            ReplacedBy = wire.HasReplacedBy ? wire.ReplacedBy : null,
        };

    public static V1.MoveAreaRequest ToWire(this AreaMove move, string code)
    {
        var wire = new V1.MoveAreaRequest { Code = code, ExpectedVersion = move.ExpectedVersion };
        move.Parent.IfThere(parent => wire.Parent = parent);
        if (move.Level is { } level)
        {
            wire.Level = level;
        }

        return wire;
    }

    public static AreaMove ToRequest(this V1.MoveAreaRequest wire) =>
        new()
        {
            ExpectedVersion = wire.ExpectedVersion,
            Parent = wire.HasParent ? wire.Parent : null,
            Level = wire.HasLevel ? wire.Level : null,
        };

    public static JsonElement? ReadBoundary(this V1.SetAreaBoundaryRequest wire) =>
        wire.HasBoundary ? wire.Boundary.ToJson("boundary") : null;

    public static V1.AreaRow ToWire(this AreaRow row)
    {
        var wire = new V1.AreaRow { Code = row.Code, Point = row.Point?.ToWire() };
        wire.Names.Add(row.Names.ToDictionary());
        row.Parent.IfThere(parent => wire.Parent = parent);
        row.ValidFrom.IfThere(day => wire.ValidFrom = day);
        row.ValidTo.IfThere(day => wire.ValidTo = day);
        if (row.Level is { } level)
        {
            wire.Level = level;
        }

        return wire;
    }

    public static AreaRow ToRequest(this V1.AreaRow wire) =>
        new()
        {
            Code = wire.Code,
            Parent = wire.HasParent ? wire.Parent : null,
            Level = wire.HasLevel ? wire.Level : null,
            Names = wire.Names.ToLabels(),
            Point = wire.Point?.ToView(),
            ValidFrom = wire.HasValidFrom ? wire.ValidFrom.ToDate("valid_from") : null,
            ValidTo = wire.HasValidTo ? wire.ValidTo.ToDate("valid_to") : null,
        };
}
