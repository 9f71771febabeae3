using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Access.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Truth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "consent",
                table: "access_partners",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "off"
            );

            migrationBuilder.AddColumn<string>(
                name: "legal_ground",
                table: "access_partners",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "name",
                table: "access_partners",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "hash",
                table: "access_changes",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.AddColumn<long>(name: "number", table: "access_changes", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "previous_hash",
                table: "access_changes",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.CreateIndex(
                name: "IX_access_changes_number",
                table: "access_changes",
                column: "number",
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_access_changes_number", table: "access_changes");

            migrationBuilder.DropColumn(name: "consent", table: "access_partners");

            migrationBuilder.DropColumn(name: "legal_ground", table: "access_partners");

            migrationBuilder.DropColumn(name: "name", table: "access_partners");

            migrationBuilder.DropColumn(name: "hash", table: "access_changes");

            migrationBuilder.DropColumn(name: "number", table: "access_changes");

            migrationBuilder.DropColumn(name: "previous_hash", table: "access_changes");
        }
    }
}
