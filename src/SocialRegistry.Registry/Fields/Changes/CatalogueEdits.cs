using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields.Changes;

/// <summary>A catalogue with one thing changed: the next version.</summary>
internal static class CatalogueEdits
{
    /// <summary>The field in its old place; a new one after the last of its section, so that forms show it there.</summary>
    public static CatalogueView With(this CatalogueView view, FieldView field)
    {
        var fields = view.Fields.ToList();
        var place = fields.FindIndex(f => f.Kind == field.Kind && f.Id == field.Id);
        if (place >= 0)
        {
            fields[place] = field;
        }
        else
        {
            var last = fields.FindLastIndex(f => f.Kind == field.Kind && f.Section == field.Section);
            fields.Insert(last < 0 ? fields.Count : last + 1, field);
        }

        return view with
        {
            Version = view.Version + 1,
            Fields = fields,
        };
    }

    public static CatalogueView With(this CatalogueView view, CodeListView list) =>
        view with
        {
            Version = view.Version + 1,
            CodeLists = Replaced(view.CodeLists, list, l => l.Id == list.Id),
        };

    public static CatalogueView With(this CatalogueView view, IdentifierTypeView type) =>
        view with
        {
            Version = view.Version + 1,
            IdentifierTypes = Replaced(view.IdentifierTypes, type, t => t.Id == type.Id),
        };

    public static CodeListView With(this CodeListView list, CodeView code) =>
        list with
        {
            Codes = Replaced(list.Codes, code, c => c.Code == code.Code),
        };

    private static List<T> Replaced<T>(IReadOnlyList<T> items, T item, Predicate<T> same)
    {
        var all = items.ToList();
        var place = all.FindIndex(same);
        if (place >= 0)
        {
            all[place] = item;
        }
        else
        {
            all.Add(item);
        }

        return all;
    }
}
