import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const WIDTHS = { desktop: 1000, phone: 375 };

/** The form as a citizen sees it, beside its lines; follows each save. */
class FormPreview extends Component {
    static template = "grc_form.Preview";
    static props = { ...standardWidgetProps };

    setup() {
        this.state = useState({ device: "desktop" });
        this.boxRef = useRef("box");
        this.frameRef = useRef("frame");
        useEffect(
            () => {
                const resize = new ResizeObserver(() => this.fit());
                resize.observe(this.boxRef.el);
                return () => resize.disconnect();
            },
            () => []
        );
        useEffect(() => this.fit());
    }

    get src() {
        const { resId, data } = this.props.record;
        const width = WIDTHS[this.state.device];
        return `/grc_form/apercu/${resId}?largeur=${width}&t=${data.preview_stamp}`;
    }

    show(device) {
        this.state.device = device;
    }

    /** A window of the width of the device, drawn at the size of the column. */
    fit() {
        const box = this.boxRef.el;
        const width = WIDTHS[this.state.device];
        const scale = Math.min(1, box.clientWidth / width);
        Object.assign(this.frameRef.el.style, {
            width: `${width}px`,
            height: `${box.clientHeight / scale}px`,
            transform: `scale(${scale})`,
        });
    }

    /** Keep the place read when the preview is drawn again. */
    onLoad(ev) {
        const view = ev.target.contentWindow;
        view.scrollTo(0, this.scroll ?? 0);
        view.addEventListener("scroll", () => {
            this.scroll = view.scrollY;
        });
    }
}

registry.category("view_widgets").add("grc_form_preview", {
    component: FormPreview,
    fieldDependencies: [{ name: "preview_stamp", type: "char" }],
});
