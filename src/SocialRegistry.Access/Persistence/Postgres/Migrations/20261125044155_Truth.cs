using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Access.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Truth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "consent",
                schema: "access",
                table: "partners",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "off"
            );

            migrationBuilder.AddColumn<string>(
                name: "legal_ground",
                schema: "access",
                table: "partners",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "name",
                schema: "access",
                table: "partners",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "hash",
                schema: "access",
                table: "changes",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.AddColumn<long>(
                name: "number",
                schema: "access",
                table: "changes",
                type: "bigint",
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "previous_hash",
                schema: "access",
                table: "changes",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.CreateIndex(
                name: "IX_changes_number",
                schema: "access",
                table: "changes",
                column: "number",
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_changes_number", schema: "access", table: "changes");

            migrationBuilder.DropColumn(name: "consent", schema: "access", table: "partners");

            migrationBuilder.DropColumn(name: "legal_ground", schema: "access", table: "partners");

            migrationBuilder.DropColumn(name: "name", schema: "access", table: "partners");

            migrationBuilder.DropColumn(name: "hash", schema: "access", table: "changes");

            migrationBuilder.DropColumn(name: "number", schema: "access", table: "changes");

            migrationBuilder.DropColumn(name: "previous_hash", schema: "access", table: "changes");
        }
    }
}
